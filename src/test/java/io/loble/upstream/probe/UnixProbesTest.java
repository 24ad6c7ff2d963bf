package io.loble.upstream.probe;

import static io.loble.upstream.TestMonitor.done;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import io.loble.model.UnixPath;
import io.loble.upstream.TestConfig;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Probes of backends that are Unix sockets. */
@EnabledOnOs(OS.LINUX)
class UnixProbesTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final HttpCheck CHECK = new HttpCheck("/up", "", 200, 299);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void tcpConnects() {
    listen("", "");
    assertThat(probe(TestConfig.tcp(LONG), Outbound.PLAIN)).isEqualTo(Verdict.FINE);
  }

  @Test
  void tcpSaysThatItIsNoClientWhereThatIsExpected() {
    listen("", "");
    Outbound announced = new Outbound(SendProxy.V1, SourceAddresses.NONE);
    assertThat(probe(TestConfig.tcp(LONG), announced)).isEqualTo(Verdict.FINE);
    await()
        .atMost(10, SECONDS)
        .untilAsserted(() -> assertThat(String.join("", heard)).isEqualTo("PROXY UNKNOWN\r\n"));
  }

  @Test
  void expectTalks() {
    listen("PING", "+PONG");
    assertThat(probe(TestConfig.expect(LONG, "PING", "+PONG"), Outbound.PLAIN))
        .isEqualTo(Verdict.FINE);
  }

  @Test
  void httpAsks() {
    done(
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  heard.add(request.path() + ' ' + request.getHeader("Host"));
                  request.response().setStatusCode(204).end();
                })
            .listen(SocketAddress.domainSocketAddress(path().path())));
    assertThat(probe(TestConfig.http(LONG, CHECK), Outbound.PLAIN)).isEqualTo(Verdict.FINE);
    assertThat(heard).containsExactly("/up localhost");
  }

  @Test
  void aMissingSocketFails() {
    for (ActiveCheck check :
        List.of(
            TestConfig.tcp(LONG),
            TestConfig.http(LONG, CHECK),
            TestConfig.expect(LONG, "", "hello"))) {
      assertThat(probe(check, Outbound.PLAIN))
          .hasToString(Verdict.bad("no such file or directory").toString());
    }
  }

  /** Answers a text with another. */
  private void listen(String question, String answer) {
    done(
        vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(
                        bytes -> {
                          heard.add(bytes.toString());
                          if (!question.isEmpty() && bytes.toString().equals(question)) {
                            socket.write(answer);
                          }
                        }))
            .listen(SocketAddress.domainSocketAddress(path().path())));
  }

  private UnixPath path() {
    return new UnixPath(directory.resolve("app.sock").toString());
  }

  private Verdict probe(ActiveCheck check, Outbound outbound) {
    Promise<Verdict> verdict = Promise.promise();
    vertx.runOnContext(
        here -> new Probes(vertx).of(path(), check, outbound).run().onComplete(verdict));
    return done(verdict.future());
  }
}
