package io.loble.scenario;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that do not end by themselves are cut when the time to drain is up: counted, one
 * after another, and the process still exits with 0.
 */
class DrainDeadlineIT {

  private static final int CONNECTIONS = 40;
  private static final String DRAIN = "[timeouts]\ndrain = \"4s\"\n";

  @Test
  void whatIsLeftIsCutOneAfterAnother(@TempDir Path directory) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Server server = Server.echoing();
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(DRAIN, Balancer.backend("b", server.port())))) {
      List<Future<Long>> ends = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket client = openAndEchoed(balancer.port());
        ends.add(threads.submit(() -> endOf(client)));
      }
      long start = System.nanoTime();
      balancer.program().terminate();
      LongSummaryStatistics millis = new LongSummaryStatistics();
      for (Future<Long> end : ends) {
        millis.accept(NANOSECONDS.toMillis(end.get(20, SECONDS) - start));
      }
      assertThat(balancer.program().exitCode()).isZero();
      assertThat(balancer.program().out()).contains("[drain] 0 connections drained, 40 cut");
      assertThat(millis.getMin()).as("the first cut").isGreaterThan(2_900);
      assertThat(millis.getMax() - millis.getMin()).as("from first to last").isGreaterThan(400);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Socket openAndEchoed(int port) throws IOException {
    Socket client = Ask.connect(port);
    client.getOutputStream().write('x');
    assertThat(client.getInputStream().read()).isEqualTo('x');
    return client;
  }

  /** When the connection ended, be it with a FIN or a reset. */
  private static long endOf(Socket client) {
    try (client) {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A reset.
    }
    return System.nanoTime();
  }
}
