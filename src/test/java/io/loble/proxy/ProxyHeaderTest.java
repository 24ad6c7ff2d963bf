package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.access.TopNetworks;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.config.RouteConfig;
import io.loble.model.Network;
import io.loble.model.Rate;
import io.loble.model.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A header of the PROXY protocol in front of a connection: who the client is, and what comes
 * through.
 */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class ProxyHeaderTest {

  private static final String V1 = "PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n";
  private static final byte[] V2 = v2(new byte[] {(byte) 192, 0, 2, 7, (byte) 192, 0, 2, 1});
  private static final FrontConfig REQUIRED = FrontConfig.NONE.withProxyFrom();

  private final RelayMode mode;

  ProxyHeaderTest(RelayMode mode) {
    this.mode = mode;
  }

  private static byte[] v2(byte[] addresses) {
    return ByteBuffer.allocate(16 + 12 + 5)
        .put("\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII))
        .put((byte) 0x21)
        .put((byte) 0x11)
        .putShort((short) 17)
        .put(addresses)
        .putShort((short) 4711)
        .putShort((short) 443)
        .put((byte) 4)
        .putShort((short) 2)
        .putShort((short) 0)
        .array();
  }

  @Test
  void aHeaderMayBeCutAnywhereAndIsNotRelayed() throws Exception {
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED)) {
      for (byte[] header : List.of(V1.getBytes(US_ASCII), V2)) {
        for (int cut = 0; cut <= header.length; cut++) {
          byte[] data = ("data behind a cut at " + cut).getBytes(US_ASCII);
          try (FrontClient client = new FrontClient(proxy)) {
            client.send(header, 0, cut).send(header, cut, header.length).send(data);
            assertThat(client.line()).isEqualTo("default");
            client.gets(data);
          }
        }
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal()).isZero();
    }
  }

  @Test
  void aHeaderMayComeByteByByteOrAtOnceWithDataAndAnEnd() throws Exception {
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED)) {
      try (FrontClient client = new FrontClient(proxy)) {
        client.byteByByte(V2).byteByByte("hello".getBytes(US_ASCII));
        assertThat(client.line()).isEqualTo("default");
        client.gets("hello".getBytes(US_ASCII));
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(V1 + "hello").end();
        assertThat(client.line()).isEqualTo("default");
        client.gets("hello".getBytes(US_ASCII));
        client.ends();
      }
      proxy.awaitIdle();
    }
  }

  @Test
  void whatIsNoHeaderIsResetAndNoBackendHears() throws Exception {
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED)) {
      List<String> wrong =
          List.of("GET / HTTP/1.1\r\n", "PROXY TCP4 1.2.3.4\r\n", "PROXY UDP4 1.1.1.1 2 3 4\r\n");
      for (String first : wrong) {
        try (FrontClient client = new FrontClient(proxy)) {
          client.send(first).isReset();
        }
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(V1.substring(0, 20)).end().isReset();
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.end().isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.BAD_PREFACE)).isEqualTo(5);
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(
                          proxy.gate().topRefused(10).stream().mapToLong(TopNetworks.Count::count))
                      .containsExactly(5L));
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void aHeaderThatIsNotThereInTimeIsBad() throws Exception {
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED.withSniffTimeout(Duration.ofMillis(200)));
        FrontClient silent = new FrontClient(proxy);
        FrontClient slow = new FrontClient(proxy)) {
      slow.send("PROXY TCP4 192.");
      silent.isReset();
      slow.isReset();
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.BAD_PREFACE)).isEqualTo(2);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void aClientThatResetsBeforeItsHeaderIsCompleteIsGone() throws Exception {
    mode.assumeTellsOfResets();
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED.withSniffTimeout(Duration.ofHours(1)))) {
      FrontClient client = new FrontClient(proxy);
      client.send("PROXY TCP4 192.");
      await().atMost(10, SECONDS).until(() -> proxy.listener().active() == 1);
      client.reset();
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal()).isZero();
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void aHeaderWhereNoneIsWantedIsData() throws Exception {
    FrontConfig fromElsewhere = FrontConfig.NONE.withProxyFrom(Network.parse("192.0.2.0/24"));
    for (FrontConfig front : List.of(FrontConfig.NONE, fromElsewhere)) {
      try (TestServer server = FrontClient.named("default");
          TestProxy proxy = start(server, front);
          FrontClient client = new FrontClient(proxy)) {
        // The server speaks first, which shows that nothing is awaited.
        assertThat(client.line()).isEqualTo("default");
        client.send(V1).gets(V1.getBytes(US_ASCII));
      }
    }
  }

  @Test
  void theClientIsWhoTheHeaderNames() throws Exception {
    FrontConfig front =
        FrontConfig.NONE
            .withProxyFrom(Network.parse("127.0.0.0/8"))
            .withRoutes(
                new RouteConfig(
                    List.of(), List.of(), List.of(Network.parse("192.0.2.0/24")), "inside"));
    CapturedLog log = new CapturedLog("loble.access", Level.INFO);
    try (TestServer server = FrontClient.named("default");
        TestServer inside = FrontClient.named("inside");
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(server.port())
                    .pool("inside", inside.port())
                    .front(front))) {
      assertThat(answer(proxy, V1)).isEqualTo("inside");
      assertThat(answer(proxy, "PROXY TCP6 ::ffff:192.0.2.7 ::1 4711 443\r\n")).isEqualTo("inside");
      assertThat(answer(proxy, "PROXY TCP4 198.51.100.1 192.0.2.1 4711 443\r\n"))
          .isEqualTo("default");
      assertThat(answer(proxy, "PROXY UNKNOWN\r\n")).isEqualTo("default");
      proxy.awaitIdle();
      await().atMost(10, SECONDS).until(() -> log.events().size() == 4);
      assertThat(log.events())
          .extracting(
              event ->
                  event.getKeyValuePairs().stream()
                      .filter(pair -> List.of("client", "pool", "route", "sni").contains(pair.key))
                      .map(pair -> pair.key + "=" + pair.value)
                      .map(text -> text.replaceFirst("127.0.0.1:\\d+", "ours"))
                      .collect(Collectors.joining(" ")))
          .containsExactlyInAnyOrder(
              "client=192.0.2.7:4711 pool=inside sni=- route=0",
              "client=192.0.2.7:4711 pool=inside sni=- route=0",
              "client=198.51.100.1:4711 pool=default sni=- route=-",
              "client=ours pool=default sni=- route=-");
    } finally {
      log.stop();
    }
  }

  @Test
  void whatAClientMayIsAskedOfTheOneThatTheHeaderNames() throws Exception {
    ListenerLimits limits =
        new ListenerLimits(
            List.of(),
            List.of(Network.parse("127.0.0.0/8"), Network.parse("192.0.2.0/24")),
            "",
            "",
            0,
            Rate.NONE,
            0,
            new PerClient(1, Rate.NONE, 0, 32, 64));
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().backend(server.port()).front(REQUIRED).limits(limits))) {
      try (FrontClient first = new FrontClient(proxy);
          FrontClient second = new FrontClient(proxy)) {
        assertThat(first.send(from("198.51.100.1")).line()).isEqualTo("default");
        second.send(from("198.51.100.1")).isReset();
        assertThat(answer(proxy, from("198.51.100.2"))).isEqualTo("default");
      }
      proxy.awaitIdle();
      assertThat(answer(proxy, from("198.51.100.1"))).isEqualTo("default");
      try (FrontClient denied = new FrontClient(proxy);
          FrontClient unnamed = new FrontClient(proxy)) {
        denied.send(V1).isReset();
        unnamed.send("PROXY UNKNOWN\r\n").isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.CLIENT_LIMIT)).isEqualTo(1);
      assertThat(proxy.listener().rejectedTotal(Rejection.DENIED)).isEqualTo(2);
      assertThat(proxy.gate().rememberedClients()).isZero();
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  private static String from(String client) {
    return "PROXY TCP4 " + client + " 192.0.2.1 4711 443\r\n";
  }

  @Test
  void theLongestHeaderIsRead() throws Exception {
    byte[] longest = Arrays.copyOf(V2, 16 + 0xffff);
    longest[14] = (byte) 0xff;
    longest[15] = (byte) 0xff;
    int padding = longest.length - 16 - 12 - 5 - 3;
    ByteBuffer.wrap(longest, V2.length, 3).put((byte) 4).putShort((short) padding);
    try (TestServer server = FrontClient.named("default");
        TestProxy proxy = start(server, REQUIRED);
        FrontClient client = new FrontClient(proxy)) {
      client.send(longest).send("hello");
      assertThat(client.line()).isEqualTo("default");
      client.gets("hello".getBytes(US_ASCII));
    }
  }

  private static String answer(TestProxy proxy, String header) throws Exception {
    try (FrontClient client = new FrontClient(proxy)) {
      return client.send(header).line();
    }
  }

  private TestProxy start(TestServer server, FrontConfig front) {
    return TestProxy.start(mode, new TestConfig().backend(server.port()).front(front));
  }
}
