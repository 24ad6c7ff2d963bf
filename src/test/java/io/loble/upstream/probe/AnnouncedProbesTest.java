package io.loble.upstream.probe;

import static io.loble.upstream.TestMonitor.done;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.HostPort;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import io.loble.preface.ProxyEncoder;
import io.loble.preface.ProxyHeader;
import io.loble.upstream.TestConfig;
import io.loble.upstream.TestServer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What probes say first, and where they come from. */
class AnnouncedProbesTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final HttpCheck CHECK = new HttpCheck("/up?deep=1", "shop.example", 200, 299);
  private static final String LOCAL =
      new String(ProxyEncoder.v2(ProxyHeader.local(), false), ISO_8859_1);
  private static final String UNKNOWN = "PROXY UNKNOWN\r\n";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(
      value = SendProxy.class,
      names = {"V1", "V2"})
  void expectSaysWhoItIsBeforeItsText(SendProxy version) throws Exception {
    try (TestServer server = TestServer.start(socket -> answer(socket, header(version), "PING"))) {
      assertThat(probe(server.port(), TestConfig.expect(LONG, "PING", "+OK"), sending(version)))
          .isEqualTo(Verdict.FINE);
    }
    assertThat(heard).containsExactly(header(version) + "PING");
  }

  @ParameterizedTest
  @EnumSource(
      value = SendProxy.class,
      names = {"V1", "V2"})
  void aServerThatSpeaksFirstIsToldToo(SendProxy version) throws Exception {
    try (TestServer server = TestServer.start(socket -> answer(socket, header(version), ""))) {
      assertThat(probe(server.port(), TestConfig.expect(LONG, "", "+OK"), sending(version)))
          .isEqualTo(Verdict.FINE);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SendProxy.class,
      names = {"V1", "V2"})
  void httpSaysWhoItIsBeforeItsRequest(SendProxy version) throws Exception {
    String request = "GET /up?deep=1 HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n";
    try (TestServer server = TestServer.start(socket -> http(socket, version, request, 204))) {
      assertThat(probe(server.port(), TestConfig.http(LONG, CHECK), sending(version)))
          .isEqualTo(Verdict.FINE);
      await().atMost(20, SECONDS).until(() -> server.finished() == 1);
    }
    assertThat(heard).containsExactly(header(version) + request);
  }

  @Test
  void httpRefusesAStatusAsItDoesWithoutAHeader() throws Exception {
    try (TestServer server = TestServer.start(socket -> http(socket, SendProxy.V2, "", 503))) {
      assertThat(probe(server.port(), TestConfig.http(LONG, CHECK), sending(SendProxy.V2)).why())
          .isEqualTo("GET /up?deep=1 was answered with 503");
    }
  }

  @Test
  void httpFailsWhereTheAnswerIsSomethingElse() throws Exception {
    try (TestServer server = TestServer.start(socket -> answer(socket, LOCAL, ""))) {
      assertThat(probe(server.port(), TestConfig.http(LONG, CHECK), sending(SendProxy.V2)))
          .isEqualTo(Verdict.bad("the answer is not HTTP"));
    }
  }

  @Test
  void httpFailsAtOnceWhereTheBackendCloses() throws Exception {
    try (TestServer server =
        TestServer.start(socket -> socket.getInputStream().readNBytes(LOCAL.length() + 1))) {
      assertThat(probe(server.port(), TestConfig.http(LONG, CHECK), sending(SendProxy.V2)).kind())
          .isEqualTo(Verdict.Kind.BAD);
    }
  }

  @Test
  void aCheckCanDoWithoutTheHeader() throws Exception {
    ActiveCheck check = TestConfig.expect(LONG, "PING", "+OK");
    ActiveCheck plain =
        new ActiveCheck(
            true,
            check.type(),
            check.interval(),
            check.timeout(),
            0,
            check.http(),
            check.expect(),
            false);
    try (TestServer server = TestServer.start(socket -> answer(socket, "", "PING"))) {
      assertThat(probe(server.port(), plain, sending(SendProxy.V2))).isEqualTo(Verdict.FINE);
    }
    assertThat(heard).containsExactly("PING");
  }

  @Test
  void probesComeFromTheSourceAddressesInTurn() throws Exception {
    Queue<InetAddress> from = new ConcurrentLinkedQueue<>();
    try (TestServer server =
        TestServer.start(
            socket -> {
              from.add(socket.getInetAddress());
              answer(socket, "", "PING");
            })) {
      Probe<?> probe =
          new Probes(vertx)
              .of(
                  new HostPort("127.0.0.1", server.port()),
                  TestConfig.expect(LONG, "PING", "+OK"),
                  from("127.0.0.2", "127.0.0.3"));
      for (int i = 0; i < 4; i++) {
        assertThat(run(probe)).isEqualTo(Verdict.FINE);
      }
    }
    assertThat(from)
        .extracting(InetAddress::getHostAddress)
        .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3");
  }

  @Test
  void anAddressThatIsNotThereIsPassedOver() throws Exception {
    try (TestServer server = TestServer.start(socket -> answer(socket, "", "PING"))) {
      ActiveCheck check = TestConfig.expect(LONG, "PING", "+OK");
      assertThat(probe(server.port(), check, from("203.0.113.1", "127.0.0.2")))
          .isEqualTo(Verdict.FINE);
    }
  }

  @Test
  void thatNoAddressIsThereSaysNothingAboutTheBackend() throws Exception {
    try (TestServer server = TestServer.start(socket -> answer(socket, "", "PING"))) {
      assertThat(probe(server.port(), TestConfig.tcp(LONG), from("203.0.113.1")))
          .isEqualTo(
              new Verdict(
                  Verdict.Kind.NOT_CONNECTED,
                  "source 203.0.113.1: cannot assign requested address"));
    }
  }

  private Verdict probe(int port, ActiveCheck check, Outbound outbound) {
    return run(new Probes(vertx).of(new HostPort("127.0.0.1", port), check, outbound));
  }

  private Verdict run(Probe<?> probe) {
    Promise<Verdict> verdict = Promise.promise();
    vertx.runOnContext(v -> probe.run().onComplete(verdict));
    return done(verdict.future());
  }

  private static Outbound sending(SendProxy version) {
    return new Outbound(version, SourceAddresses.NONE);
  }

  private static Outbound from(String... addresses) {
    List<InetAddress> all = Stream.of(addresses).map(AnnouncedProbesTest::address).toList();
    return new Outbound(SendProxy.OFF, SourceAddresses.of(all));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(SendProxy version) {
    return version == SendProxy.V1 ? UNKNOWN : LOCAL;
  }

  /** Hears a header and a text, answers, and waits for the end. */
  private void answer(Socket socket, String header, String text) throws IOException {
    InputStream in = socket.getInputStream();
    heard.add(new String(in.readNBytes((header + text).length()), ISO_8859_1));
    socket.getOutputStream().write("+OK and more\r\n\r\n".getBytes(ISO_8859_1));
    in.readAllBytes();
  }

  private void http(Socket socket, SendProxy version, String request, int status)
      throws IOException {
    InputStream in = socket.getInputStream();
    heard.add(new String(in.readNBytes((header(version) + request).length()), ISO_8859_1));
    String early = "HTTP/1.1 103 Early Hints\r\n\r\n";
    String answer = early + "HTTP/1.1 " + status + " x\r\ncontent-length: 5\r\n\r\nhal";
    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    in.readAllBytes();
  }
}
