package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name with two lines in the hosts file, of which the first is dead, works for every probe. */
class ProbedNameIT {

  private static final String DEAD = "127.0.0.2";
  private static final String ALIVE = "127.0.0.3";
  private static final int PROBES = 10;

  @ParameterizedTest
  @ValueSource(strings = {"nio", "auto"})
  void noProbeMindsTheDeadAddress(String transport, @TempDir Path directory) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    int port =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.incrementAndGet();
                  request.response().end();
                })
            .listen(0, ALIVE)
            .await()
            .actualPort();
    hosts(directory, DEAD, ALIVE);
    try (Balancer balancer = start(directory, transport, port)) {
      await().atMost(20, SECONDS).until(() -> asked.get() >= PROBES);
      assertThat(balancer.program().out()).doesNotContain(" DOWN ");
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void theReasonIsToldInPlainWords(@TempDir Path directory) throws Exception {
    hosts(directory, DEAD);
    try (Balancer balancer = start(directory, "auto", Peers.freePort())) {
      for (String name : new String[] {"by-tcp", "by-http", "by-expect"}) {
        balancer
            .program()
            .awaitOut("backend " + name + " DOWN .* reason: probe: connection refused\\R");
        assertThat(balancer.admin().backend(name).getString("why"))
            .isEqualTo("probe: connection refused");
      }
    }
  }

  private static void hosts(Path directory, String... addresses) throws IOException {
    Files.writeString(
        directory.resolve("hosts"),
        Stream.of(addresses).map(ip -> ip + " two.test\n").collect(Collectors.joining()));
  }

  private static Balancer start(Path directory, String transport, int port) throws IOException {
    String toml =
        String.join(
            "\n",
            "[health]\nfailure_threshold = 1\n[health.active]\ninterval = \"50ms\"\ntimeout = \"10s\"",
            "[admin]\naddress = \"127.0.0.1:0\"",
            "[[listeners]]\nname = \"default\"\naddress = \"127.0.0.1:0\"\npool = \"tcp\"",
            pool("tcp", port, ""),
            pool("http", port, "path = \"/\""),
            pool("expect", port, "send = \"GET / HTTP/1.0\\r\\n\\r\\n\"\nexpect = \"200 OK\""));
    Files.writeString(directory.resolve("loble.toml"), toml);
    String resolver =
        "{\"addressResolverOptions\": {\"hostsPath\": \"" + directory.resolve("hosts") + "\"}}";
    return Balancer.of(
        directory,
        Loble.start(
            directory,
            Map.of(),
            "run",
            "-conf",
            "{\"config\": \"loble.toml\", \"transport\": \"" + transport + "\"}",
            "-options",
            resolver));
  }

  private static String pool(String type, int port, String keys) {
    return """
        [pools.%1$s.health.active]
        type = "%1$s"
        %2$s
        [[pools.%1$s.backends]]
        name = "by-%1$s"
        address = "two.test:%3$d"
        """
        .formatted(type, keys, port);
  }
}
