package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are alike come to the same backend. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class HashOnTest {

  private static final int ENOUGH = 40;
  private static final byte[] NO_HELLO = {1, 2, 3, 4};

  private final RelayMode mode;
  private final TestServer one = FrontClient.named("one");
  private final TestServer two = FrontClient.named("two");

  HashOnTest(RelayMode mode) {
    this.mode = mode;
  }

  @AfterEach
  void close() throws IOException {
    one.close();
    two.close();
  }

  @Test
  void aNameHasItsBackendWhateverTheClient() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, config(Algorithm.SOURCE_HASH, HashOn.SNI))) {
      Set<String> used = new HashSet<>();
      for (int i = 0; i < ENOUGH; i++) {
        String name = "host" + i + ".example.com";
        String server = answer(proxy, Hello.of(name));
        assertThat(answer(proxy, Hello.of(name.toUpperCase(java.util.Locale.ROOT))))
            .isEqualTo(server);
        used.add(server);
      }
      assertThat(used).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void whoAsksForNoNameIsKnownByItsAddress() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, config(Algorithm.MAGLEV, HashOn.SNI))) {
      String server = answer(proxy, NO_HELLO);
      for (int i = 0; i < ENOUGH; i++) {
        assertThat(answer(proxy, NO_HELLO)).isEqualTo(server);
      }
    }
  }

  @Test
  void everyPortIsAClientOfItsOwn() throws Exception {
    try (TestProxy proxy = TestProxy.start(mode, config(Algorithm.MAGLEV, HashOn.CLIENT_PORT))) {
      Set<String> used = new HashSet<>();
      for (int i = 0; i < ENOUGH; i++) {
        used.add(answer(proxy, NO_HELLO));
      }
      assertThat(used).containsExactlyInAnyOrder("one", "two");
    }
  }

  /** What is read of a client changes with it, and back. */
  @Test
  void whatCountsMayChangeWhileItRuns() throws Exception {
    TestConfig byClient = config(Algorithm.SOURCE_HASH, HashOn.CLIENT);
    try (TestProxy proxy = TestProxy.start(mode, byClient)) {
      String server = answer(proxy, Hello.of("host0.example.com"));
      proxy.applyToPools(config(Algorithm.SOURCE_HASH, HashOn.SNI));
      await().atMost(20, SECONDS).until(() -> isByName(proxy));
      proxy.applyToPools(config(Algorithm.SOURCE_HASH, HashOn.CLIENT));
      await().atMost(20, SECONDS).until(() -> !isByName(proxy));
      assertThat(answer(proxy, Hello.of("host1.example.com"))).isEqualTo(server);
    }
  }

  private static boolean isByName(TestProxy proxy) throws IOException {
    Set<String> used = new HashSet<>();
    for (int i = 0; i < ENOUGH; i++) {
      used.add(answer(proxy, Hello.of("host" + i + ".example.com")));
    }
    return used.size() == 2;
  }

  private static String answer(TestProxy proxy, byte[] hello) throws IOException {
    try (FrontClient client = new FrontClient(proxy)) {
      String server = client.send(hello).line();
      client.gets(hello);
      return server;
    }
  }

  private TestConfig config(Algorithm algorithm, HashOn on) {
    return new TestConfig()
        .backend(one.port())
        .backend(two.port())
        .balancing(Balancing.by(algorithm).withHashOn(on));
  }
}
