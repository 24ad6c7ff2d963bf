package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.FrontConfig;
import io.loble.config.RouteConfig;
import io.loble.model.Network;
import io.loble.model.Rejection;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Where TLS clients go by what they ask for, without a byte of them being changed. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class SniRoutesTest {

  private static final FrontConfig BY_NAME =
      FrontConfig.NONE.withRoutes(
          route(List.of("db.example.com"), List.of("h2"), "one"),
          route(List.of("db.example.com", "*.example.org"), List.of(), "two"));

  private final RelayMode mode;
  private final TestServer own = FrontClient.named("default");
  private final TestServer one = FrontClient.named("one");
  private final TestServer two = FrontClient.named("two");

  SniRoutesTest(RelayMode mode) {
    this.mode = mode;
  }

  private static RouteConfig route(List<String> sni, List<String> alpn, String pool) {
    return new RouteConfig(sni, alpn, List.of(), pool);
  }

  @AfterEach
  void close() throws IOException {
    own.close();
    one.close();
    two.close();
  }

  @Test
  void theFirstRouteWhoseConditionsHoldIsTaken() throws Exception {
    try (TestProxy proxy = start(BY_NAME)) {
      assertThat(answer(proxy, Hello.of("db.example.com", "h2", "x"))).isEqualTo("one");
      assertThat(answer(proxy, Hello.of("db.example.com", "x", "h2"))).isEqualTo("one");
      assertThat(answer(proxy, Hello.of("DB.Example.com", "http/1.1"))).isEqualTo("two");
      assertThat(answer(proxy, Hello.of("a.example.org"))).isEqualTo("two");
      assertThat(answer(proxy, Hello.of("a.b.example.org", "h2"))).isEqualTo("two");
      assertThat(answer(proxy, Hello.of("example.org"))).isEqualTo("default");
      assertThat(answer(proxy, Hello.of("aexample.org"))).isEqualTo("default");
      assertThat(answer(proxy, Hello.of("", "h2"))).isEqualTo("default");
      assertThat(answer(proxy, "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII))).isEqualTo("default");
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal()).isZero();
    }
  }

  @Test
  void aClientHelloMayBeCutAnywhere() throws Exception {
    byte[] hello = Hello.of("a.example.org", "h2");
    try (TestProxy proxy = start(BY_NAME)) {
      for (int cut = 0; cut <= hello.length; cut++) {
        try (FrontClient client = new FrontClient(proxy)) {
          client.send(hello, 0, cut).send(hello, cut, hello.length);
          assertThat(client.line()).as("cut at %d", cut).isEqualTo("two");
          client.gets(hello);
        }
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.byteByByte(hello);
        assertThat(client.line()).isEqualTo("two");
        client.gets(hello);
      }
    }
  }

  @Test
  void aClientHelloMayBeLargeAndInManyRecords() throws Exception {
    byte[] large = Hello.large("a.example.org", 60_000);
    try (TestProxy proxy = start(BY_NAME);
        FrontClient client = new FrontClient(proxy)) {
      client.send(large);
      assertThat(client.line()).isEqualTo("two");
      client.gets(large);
      client.send("more").gets("more".getBytes(US_ASCII));
    }
  }

  @Test
  void aSilentClientGoesToTheListenersPoolInTime() throws Exception {
    try (TestProxy proxy = start(BY_NAME.withSniffTimeout(Duration.ofMillis(200)));
        FrontClient silent = new FrontClient(proxy);
        FrontClient ending = new FrontClient(proxy)) {
      ending.end();
      assertThat(ending.line()).isEqualTo("default");
      ending.ends();
      assertThat(silent.line()).isEqualTo("default");
      byte[] hello = Hello.of("a.example.org");
      silent.send(hello).gets(hello);
      assertThat(proxy.listener().rejectedTotal()).isZero();
    }
  }

  @Test
  void whatBreaksTheRulesIsReset() throws Exception {
    byte[] hello = Hello.of("a.example.org");
    byte[] broken = hello.clone();
    broken[5] = 2;
    try (TestProxy proxy = start(BY_NAME.withSniffTimeout(Duration.ofMillis(200)))) {
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(broken).isReset();
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(hello, 0, hello.length - 1).isReset();
      }
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(hello, 0, 9).end().isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.BAD_PREFACE)).isEqualTo(3);
      assertThat(own.accepted() + one.accepted() + two.accepted()).isZero();
    }
  }

  @Test
  void withoutAPoolWhoTakesNoRouteIsReset() throws Exception {
    TestConfig config = config(BY_NAME).listenerPool("");
    try (TestProxy proxy = TestProxy.start(mode, config)) {
      assertThat(answer(proxy, Hello.of("a.example.org"))).isEqualTo("two");
      try (FrontClient client = new FrontClient(proxy)) {
        client.send(Hello.of("a.example.com")).isReset();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().rejectedTotal(Rejection.NO_ROUTE)).isEqualTo(1);
    }
  }

  @Test
  void routesByNetworkOnlyReadNothing() throws Exception {
    FrontConfig front =
        FrontConfig.NONE.withRoutes(
            new RouteConfig(List.of(), List.of(), List.of(Network.parse("10.0.0.0/8")), "one"),
            new RouteConfig(List.of(), List.of(), List.of(Network.parse("127.0.0.1")), "two"));
    try (TestProxy proxy = start(front.withSniffTimeout(Duration.ofHours(1)));
        FrontClient client = new FrontClient(proxy)) {
      assertThat(client.line()).isEqualTo("two");
    }
  }

  @Test
  void otherRoutesHoldForNewConnections() throws Exception {
    byte[] hello = Hello.of("a.example.org");
    try (TestProxy proxy = start(FrontConfig.NONE)) {
      try (FrontClient before = new FrontClient(proxy)) {
        assertThat(before.line()).isEqualTo("default");
        TestProxy.done(proxy.apply(config(BY_NAME)));
        before.send(hello).gets(hello);
        assertThat(answer(proxy, hello)).isEqualTo("two");
        TestProxy.done(
            proxy.apply(
                config(FrontConfig.NONE.withRoutes(route(List.of("*.org"), List.of(), "one")))));
        assertThat(answer(proxy, hello)).isEqualTo("one");
        TestProxy.done(proxy.apply(config(FrontConfig.NONE)));
        assertThat(answer(proxy, hello)).isEqualTo("default");
        before.send(hello).gets(hello);
      }
      proxy.awaitIdle();
    }
  }

  @Test
  void clientsThatAreAwaitedAreDrained() throws Exception {
    TestConfig config =
        config(BY_NAME.withSniffTimeout(Duration.ofHours(1))).drain(Duration.ofMillis(300));
    byte[] hello = Hello.of("a.example.org");
    try (TestProxy proxy = TestProxy.start(mode, config);
        FrontClient silent = new FrontClient(proxy);
        FrontClient slow = new FrontClient(proxy);
        FrontClient late = new FrontClient(proxy)) {
      slow.send(hello, 0, 20);
      late.send(hello, 0, 20);
      await().atMost(10, SECONDS).until(() -> proxy.listener().active() == 3);
      Future<DrainResult> drained = proxy.drain();
      late.send(hello, 20, hello.length).end();
      assertThat(late.line()).isEqualTo("two");
      late.gets(hello);
      late.ends();
      silent.ends();
      slow.isReset();
      assertThat(TestProxy.done(drained)).isEqualTo(new DrainResult(1, 2));
      proxy.awaitIdle();
    }
  }

  private static String answer(TestProxy proxy, byte[] first) throws Exception {
    try (FrontClient client = new FrontClient(proxy)) {
      client.send(first);
      String answer = client.line();
      client.gets(first);
      return answer;
    }
  }

  private TestProxy start(FrontConfig front) {
    return TestProxy.start(mode, config(front));
  }

  private TestConfig config(FrontConfig front) {
    return new TestConfig()
        .backend(own.port())
        .pool("one", one.port())
        .pool("two", two.port())
        .front(front);
  }
}
