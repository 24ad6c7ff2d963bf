package io.loble.net.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.AddressBits;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** A resolver and two name servers that say what a test has them say. */
abstract class ResolverFixture {

  static final Duration LONG = Duration.ofSeconds(20);

  /** For servers that are silent. */
  static final Duration SHORT = Duration.ofMillis(150);

  static final String NAME = "db.internal";

  final ScriptedNameServer server = ScriptedNameServer.start();
  final ScriptedNameServer second = ScriptedNameServer.start();
  final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .setHostsValue(Buffer.buffer("10.9.9.9 fixed\n::9 fixed\n"))
                      .setSearchDomains(List.of("one.test", "two.test"))
                      .setNdots(1)));
  final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
    server.close();
    second.close();
  }

  DnsResolver resolver(Duration timeout) {
    return resolver(timeout, server.address());
  }

  DnsResolver resolver(Duration timeout, InetSocketAddress... servers) {
    return run(() -> new DnsResolver(vertx, List.of(servers), timeout));
  }

  Reply<InetAddress> look(DnsResolver resolver) {
    return look(resolver, NAME + ".");
  }

  Reply<InetAddress> look(DnsResolver resolver, String name) {
    return look(lookup(resolver, name));
  }

  Lookup<InetAddress> lookup(DnsResolver resolver, String name) {
    return run(() -> resolver.addressesOf(name));
  }

  <T> Reply<T> look(Lookup<T> lookup) {
    return wait(call(lookup::look));
  }

  static Found<InetAddress> found(Reply<InetAddress> reply) {
    assertThat(reply).isInstanceOf(Found.class);
    return (Found<InetAddress>) reply;
  }

  static String failure(Reply<InetAddress> reply) {
    assertThat(reply).isInstanceOf(Failed.class);
    return ((Failed<InetAddress>) reply).why();
  }

  static List<String> texts(Found<InetAddress> found) {
    return found.values().stream().map(address -> AddressBits.of(address).toString()).toList();
  }

  /** Does it on the context. */
  <T> T run(Supplier<T> action) {
    return wait(call(() -> Future.succeededFuture(action.get())));
  }

  <T> Future<T> call(Supplier<Future<T>> action) {
    Promise<T> result = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(result));
    return result.future();
  }

  static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
  }
}
