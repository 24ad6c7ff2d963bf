package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChannel.Role;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigApplierTest {

  private final Vertx vertx = Vertx.vertx();
  private final ConfigChannel channel = new ConfigChannel(vertx);
  private final ConfigApplier applier = new ConfigApplier(vertx);
  private final List<Set<String>> health = new CopyOnWriteArrayList<>();
  private final List<Set<String>> proxy = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatIsNewIsKnownBeforeListenersChangeAndWhatIsGoneVanishesAfter() {
    channel.follow(Role.HEALTH, change -> seen(health, change));
    channel.follow(Role.PROXY, change -> seen(proxy, change));

    applier.apply(config("a", "b"), change("b", "c")).await();

    assertThat(health).containsExactly(Set.of("a", "b", "c"), Set.of("b", "c"));
    assertThat(proxy).containsExactly(Set.of("b", "c"));
  }

  @Test
  void nothingWasRemovedWhenAListenerCannotBeOpened() {
    channel.follow(Role.HEALTH, change -> seen(health, change));
    channel.follow(
        Role.PROXY,
        change ->
            names(change.config()).contains("c")
                ? Future.failedFuture("listener 'x': cannot listen")
                : seen(proxy, change));

    assertThatThrownBy(() -> applier.apply(config("a", "b"), change("b", "c")).await())
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
        .hasMessage("listener 'x': cannot listen");

    assertThat(health).allSatisfy(names -> assertThat(names).contains("a", "b"));
    assertThat(health.get(health.size() - 1)).containsExactlyInAnyOrder("a", "b");
    assertThat(proxy).containsExactly(Set.of("a", "b"));
  }

  @Test
  void withoutHealthNothingCanBeChanged() {
    channel.follow(Role.PROXY, change -> seen(proxy, change));

    assertThatThrownBy(() -> applier.apply(config("a"), change("b")).await())
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    assertThat(proxy).isEmpty();
  }

  @Test
  void aFollowerThatHasStoppedIsNotWaitedFor() {
    channel.follow(Role.HEALTH, change -> seen(health, change));
    channel.follow(Role.PROXY, change -> seen(proxy, change)).cancel();

    applier.apply(config("a"), change("a", "b")).await();
    assertThat(health).containsExactly(Set.of("a", "b"));
    assertThat(proxy).isEmpty();
  }

  private static Future<Void> seen(List<Set<String>> by, ConfigChange change) {
    by.add(names(change.config()));
    return Future.succeededFuture();
  }

  private static Set<String> names(LobleConfig config) {
    return config.pools().values().stream()
        .flatMap(pool -> pool.backends().stream())
        .map(BackendConfig::name)
        .collect(Collectors.toSet());
  }

  private static ConfigChange change(String... backends) {
    return new ConfigChange(config(backends), null, null);
  }

  private static LobleConfig config(String... backends) {
    LobleConfig base = SampleBalancer.config();
    PoolConfig pool = base.pools().values().iterator().next();
    return base.withPools(
        Map.of(
            "default",
            pool.withBackends(
                List.of(backends).stream()
                    .map(b -> new BackendConfig(b, new HostPort("10.0.0.1", b.charAt(0)), 1, 0))
                    .toList())));
  }
}
