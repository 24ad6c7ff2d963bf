package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.model.Rate;
import io.loble.upstream.Events;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of networks that are not let in, as it changes. */
class AccessFileTest {

  private static final RelayMode MODE = RelayMode.here().toList().get(0);

  @TempDir private Path directory = Path.of("");

  @Test
  void aChangedFileHoldsAndABrokenOneDoesNot() throws Exception {
    Path file = write("192.0.2.0/24\n");
    CapturedLog log = new CapturedLog("loble.config", Level.INFO);
    List<JsonObject> events = new CopyOnWriteArrayList<>();
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, file)) {
      proxy
          .vertx()
          .eventBus()
          .<JsonObject>consumer(Events.ADDRESS, message -> events.add(message.body()));
      assertThat(isServed(proxy)).isTrue();

      write("192.0.2.0/24\n127.0.0.0/8\n");
      await().atMost(20, SECONDS).until(() -> !isServed(proxy));

      write("127.0.0.0/8\nnonsense\n");
      await().atMost(20, SECONDS).until(() -> proxy.gate().trouble().isPresent());
      assertThat(isServed(proxy)).isFalse();
      assertThat(proxy.gate().trouble().orElseThrow())
          .isEqualTo(
              "listener default: deny_file: "
                  + file
                  + ":2: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an"
                  + " IP address");

      Files.delete(file);
      await()
          .atMost(20, SECONDS)
          .until(() -> proxy.gate().trouble().orElse("").endsWith("no such file"));
      assertThat(isServed(proxy)).isFalse();

      write("");
      await().atMost(20, SECONDS).until(() -> isServed(proxy));
      assertThat(proxy.gate().trouble()).isEmpty();
      await().atMost(20, SECONDS).until(() -> refused(events) == 2);
    } finally {
      log.stop();
    }
    assertThat(log.messages().stream().filter(line -> line.contains("previous contents")))
        .hasSize(2);
  }

  private static long refused(List<JsonObject> events) {
    return events.stream().filter(e -> e.getString("type").equals("config.refused")).count();
  }

  @Test
  void aReloadThatNamesABrokenFileChangesNothing() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken"), "x\n");
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, write("192.0.2.0/24\n"))) {
      TestConfig config = new TestConfig().backend(server.port()).limits(limits(broken));
      assertThatThrownBy(() -> TestProxy.done(proxy.apply(config)))
          .hasMessageContaining("deny_file: " + broken + ":1: expected");
      assertThat(isServed(proxy)).isTrue();
      write("127.0.0.0/8\n");
      await().atMost(20, SECONDS).until(() -> !isServed(proxy));
    }
  }

  @Test
  void aHundredThousandNetworksAreTakenOver() throws Exception {
    String networks =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
            .collect(Collectors.joining("\n"));
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, write(networks))) {
      assertThat(isServed(proxy)).isTrue();
      write(networks + "\n127.0.0.1\n");
      await().atMost(30, SECONDS).until(() -> !isServed(proxy));
    }
  }

  private static TestProxy start(TestServer server, Path denied) {
    return TestProxy.start(MODE, new TestConfig().backend(server.port()).limits(limits(denied)));
  }

  private static ListenerLimits limits(Path denied) {
    return new ListenerLimits(
        List.of(), List.of(), "", denied.toString(), 0, Rate.NONE, 0, PerClient.NONE);
  }

  private static boolean isServed(TestProxy proxy) {
    try (Socket socket = proxy.connect()) {
      socket.getOutputStream().write(7);
      return socket.getInputStream().read() == 7;
    } catch (IOException e) {
      return false;
    }
  }

  /** As other programs do it: what is there is whole at every moment. */
  private Path write(String content) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), content);
    return Files.move(
        next,
        directory.resolve("denied"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
