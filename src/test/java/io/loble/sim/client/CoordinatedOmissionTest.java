package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.Command;
import io.loble.sim.LineProtocol;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that works, but for one long stall: from its first connection on it does nothing. */
@ExtendWith(VertxExtension.class)
class CoordinatedOmissionTest {

  private static final int STALL_MILLIS = 1_000;
  private static final int RATE = 100;

  /** The rate times half the stall, less a quarter for whatever else the machine has to do. */
  private static final int MANY = RATE * STALL_MILLIS / 2_000 * 3 / 4;

  private static final JsonObject PINGS =
      new JsonObject()
          .put("weights", new JsonObject().put("reconnect_storm", 1))
          .put("seed", 7)
          .put("duration", "2s");

  @Test
  void anOpenLoopShowsTheStallForEveryoneWhoWasDueInIt(Vertx vertx) throws Exception {
    JsonObject reals = PINGS.copy().put("weights", new JsonObject().put("real", 1));
    assertThat(slowAnswers(vertx, reals.put("rate", RATE))).isGreaterThanOrEqualTo(MANY);
  }

  @Test
  void aClosedLoopHidesIt(Vertx vertx) throws Exception {
    // Of hundreds, only the four that were under way; twice as many leaves room for bad luck.
    assertThat(slowAnswers(vertx, PINGS.copy().put("connections", 4))).isBetween(1L, 8L);
  }

  /** How many answers took more than half the stall. */
  private static long slowAnswers(Vertx vertx, JsonObject settings) throws Exception {
    JsonObject json = settings.put("target", "127.0.0.1:" + stallingServer(vertx).actualPort());
    ClientStats stats = new ClientStats(7, 1);
    new SimulatedClients(vertx, ClientSettings.fromJson(json), stats).start();
    ClientReport report = stats.finished().await();
    assertThat(report.total().failed()).as(report.toTable()).isZero();
    Histogram micros = stats.latencies();
    assertThat(micros.getTotalCount()).isGreaterThan(2L * MANY);
    return micros.getCountBetweenValues(STALL_MILLIS * 500L, Long.MAX_VALUE);
  }

  /** Answers every line, those that come in the stall at its end. */
  private static NetServer stallingServer(Vertx vertx) {
    AtomicLong stallEnd = new AtomicLong();
    return vertx
        .createNetServer()
        .connectHandler(
            socket -> {
              LineProtocol lines = new LineProtocol();
              stallEnd.compareAndSet(0, System.nanoTime() + STALL_MILLIS * 1_000_000L);
              socket.handler(bytes -> answer(vertx, socket, lines, bytes, stallEnd.get()));
            })
        .listen(0, "127.0.0.1")
        .await();
  }

  private static void answer(
      Vertx vertx, NetSocket socket, LineProtocol lines, Buffer bytes, long stallEnd) {
    lines.offer(bytes);
    if (lines.poll() instanceof Command.Line line) {
      long left = (stallEnd - System.nanoTime()) / 1_000_000;
      vertx.timer(Math.max(1, left)).onSuccess(ignored -> socket.write(line.answer()));
    }
  }
}
