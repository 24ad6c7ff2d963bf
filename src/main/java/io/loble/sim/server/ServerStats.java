package io.loble.sim.server;

import io.loble.sim.Verb;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a simulated server has done since it was started. Shared by all instances of the server;
 * every method may be called from any thread and none locks.
 */
public final class ServerStats {

  private final AtomicInteger active = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder droppedAtCapacity = new LongAdder();
  private final LongAdder droppedByChaos = new LongAdder();
  private final LongAdder corrupted = new LongAdder();
  private final LongAdder reset = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final Map<Verb, LongAdder> requests = new EnumMap<>(Verb.class);
  private final LongAdder httpRequests = new LongAdder();
  private final LongAdder webSocketMessages = new LongAdder();

  ServerStats() {
    for (Verb verb : Verb.values()) {
      requests.put(verb, new LongAdder());
    }
  }

  void accepted() {
    accepted.increment();
  }

  /**
   * Takes a place for a connection; {@link #leave} gives it back.
   *
   * @param max how many places there are; 0 for no bound
   * @return false when all are taken
   */
  boolean enter(int max) {
    int before = active.getAndUpdate(now -> max > 0 && now >= max ? now : now + 1);
    return max <= 0 || before < max;
  }

  void leave() {
    active.decrementAndGet();
  }

  void droppedAtCapacity() {
    droppedAtCapacity.increment();
  }

  void droppedByChaos() {
    droppedByChaos.increment();
  }

  void corrupted() {
    corrupted.increment();
  }

  void reset() {
    reset.increment();
  }

  void requested(Verb verb) {
    counter(verb).increment();
  }

  void httpRequested() {
    httpRequests.increment();
  }

  void webSocketMessage() {
    webSocketMessages.increment();
  }

  void received(long bytes) {
    bytesReceived.add(bytes);
  }

  void sent(long bytes) {
    bytesSent.add(bytes);
  }

  /** Connections held now. */
  public int active() {
    return active.get();
  }

  /** Connections accepted so far, those dropped included. */
  public long acceptedTotal() {
    return accepted.sum();
  }

  /** Connections dropped because as many as allowed were held. */
  public long droppedAtCapacityTotal() {
    return droppedAtCapacity.sum();
  }

  /** Connections dropped by chance. */
  public long droppedByChaosTotal() {
    return droppedByChaos.sum();
  }

  /** Connections dropped for either reason. */
  public long droppedTotal() {
    return droppedAtCapacityTotal() + droppedByChaosTotal();
  }

  /** Answers with a byte changed on purpose. */
  public long corruptedTotal() {
    return corrupted.sum();
  }

  /** Connections reset on purpose, in the middle of their answers. */
  public long resetTotal() {
    return reset.sum();
  }

  /** Lines of any kind, HTTP requests and WebSocket messages received so far. */
  public long requestsTotal() {
    return requests.values().stream().mapToLong(LongAdder::sum).sum()
        + httpRequests()
        + webSocketMessages();
  }

  /** HTTP requests received so far, those that could not be read included. */
  public long httpRequests() {
    return httpRequests.sum();
  }

  /** WebSocket messages received so far. */
  public long webSocketMessages() {
    return webSocketMessages.sum();
  }

  /** Lines of that kind received so far. */
  public long requests(Verb verb) {
    return counter(verb).sum();
  }

  /** Bytes read from clients so far. */
  public long bytesReceived() {
    return bytesReceived.sum();
  }

  /** Bytes given to sockets so far. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** All of it, as {@code GET /stats} shows it. */
  public JsonObject toJson() {
    JsonObject byVerb = new JsonObject();
    requests.forEach((verb, counter) -> byVerb.put(verb.key(), counter.sum()));
    byVerb.put("http", httpRequests()).put("websocket", webSocketMessages());
    long capacity = droppedAtCapacity.sum();
    long chaos = droppedByChaos.sum();
    return new JsonObject()
        .put("active", active())
        .put("accepted", acceptedTotal())
        .put("dropped", capacity + chaos)
        .put("dropped_by_reason", new JsonObject().put("capacity", capacity).put("chaos", chaos))
        .put("corrupted", corruptedTotal())
        .put("reset", resetTotal())
        .put("requests", byVerb)
        .put("bytes_received", bytesReceived())
        .put("bytes_sent", bytesSent());
  }

  private LongAdder counter(Verb verb) {
    LongAdder counter = requests.get(verb);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + verb);
    }
    return counter;
  }
}
