package io.loble.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.ConnectFailure;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the addresses of a host come from, and in which order. */
class ResolverTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String HOSTS =
      """
      127.0.0.3 several # the first line, not the lowest address
      ::1       several
      127.0.0.2 several alias
      127.0.0.2 several
      """;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .setHostsValue(Buffer.buffer(HOSTS))
                      // Nobody answers there.
                      .setServers(List.of("127.0.0.1:1"))
                      .setQueryTimeout(100)));

  private final Resolver resolver = new Resolver(vertx);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void knowsEveryLineOfTheHostsFile() {
    assertThat(resolve("several"))
        .containsExactly("/127.0.0.3:80", "/127.0.0.2:80", "/[0:0:0:0:0:0:0:1]:80");
    assertThat(resolve("SEVERAL.")).hasSize(3);
    assertThat(resolve("alias")).containsExactly("/127.0.0.2:80");
  }

  @Test
  void doesNotLookAddressesUp() {
    assertThat(resolver.resolve(new HostPort("127.0.0.9", 80), TIMEOUT).isComplete()).isTrue();
    assertThat(resolve("127.0.0.9")).containsExactly("/127.0.0.9:80");
    assertThat(resolve("::1")).containsExactly("/[0:0:0:0:0:0:0:1]:80");
  }

  @Test
  void saysWhatCannotBeResolved() {
    assertThatThrownBy(() -> resolve("nobody.invalid"))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("cannot resolve nobody.invalid: ")
        .extracting(failure -> ConnectError.of(failure).reason())
        .isEqualTo(ConnectFailure.RESOLVE);
  }

  private List<String> resolve(String host) {
    Promise<List<InetSocketAddress>> found = Promise.promise();
    vertx.runOnContext(v -> resolver.resolve(new HostPort(host, 80), TIMEOUT).onComplete(found));
    return wait(found.future()).stream().map(ResolverTest::numbers).toList();
  }

  /** Without the name, which the address remembers. */
  private static String numbers(InetSocketAddress address) {
    String text = address.toString();
    return text.substring(text.indexOf('/'));
  }

  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
  }
}
