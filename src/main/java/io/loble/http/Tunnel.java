package io.loble.http;

import io.loble.proxy.Lease;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.net.NetSocket;

/**
 * What is spoken after a 101: bytes in both directions that are not looked at, until either side
 * ends it.
 */
final class Tunnel {

  private final Relay.Owner owner;
  private final Lease lease;
  private final HttpClientStream stream;
  private final BackPressure pressure;
  private final NetSocket client;
  private boolean over;

  Tunnel(
      Relay.Owner owner,
      Lease lease,
      HttpClientStream stream,
      BackPressure pressure,
      NetSocket client) {
    this.owner = owner;
    this.lease = lease;
    this.stream = stream;
    this.pressure = pressure;
    this.client = client;
  }

  /** Begins to read both sides, of which the backend's was stopped before its 101 went on. */
  void begin() {
    client.handler(this::send);
    client.drainHandler(drained -> pressure.readOn());
    client.exceptionHandler(owner::clientFailed);
    stream.chunkHandler(this::came);
    stream.drainHandler(drained -> client.resume());
    pressure.readOn();
  }

  private void send(Buffer data) {
    if (!over) {
      owner.moved();
      lease.toBackend(data.length());
      stream.write(data);
      pressure.holdClient();
      if (pressure.backendIsFull()) {
        client.pause();
      }
    }
  }

  private void came(Buffer data) {
    if (!over) {
      owner.moved();
      lease.toClient(data.length());
      client.write(data);
      pressure.holdBackend();
      if (client.writeQueueFull()) {
        pressure.stopReading();
      }
    }
  }

  /** Nothing more is passed on. */
  void end() {
    over = true;
  }

  /** Closes the client's side; what was sent before is still on its way. */
  Future<Void> closeClient() {
    return client.close();
  }
}
