package io.loble.config.diff;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.Configs;
import io.loble.config.Limits;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {

  @Property(tries = 300)
  void applied_to_the_old_it_gives_the_new(
      @ForAll("configs") LobleConfig before, @ForAll("configs") LobleConfig after) {
    assertThat(ConfigDiff.between(before, after).apply(before)).isEqualTo(after);
  }

  @Property(tries = 300)
  void it_is_empty_exactly_for_equal_configurations(
      @ForAll("configs") LobleConfig before, @ForAll("configs") LobleConfig after) {
    ConfigDiff diff = ConfigDiff.between(before, after);
    assertThat(diff.isEmpty()).isEqualTo(before.equals(after));
    assertThat(diff.lines().isEmpty()).isEqualTo(before.equals(after));
    assertThat(ConfigDiff.between(after, after).isEmpty()).isTrue();
  }

  @Test
  void it_says_in_a_line_each_what_changes() throws ConfigException {
    String before =
        """
        [listener]
        address = "0.0.0.0:9000"
        [[listeners]]
        name = "old"
        address = "0.0.0.0:9001"
        [[backends]]
        address = "10.0.0.1:80"
        [[backends]]
        address = "10.0.0.2:80"
        [pools.gone]
        """;
    String after =
        """
        [timeouts]
        idle = "1m"
        [listener]
        address = "0.0.0.0:9002"
        [[listeners]]
        name = "new"
        address = "0.0.0.0:9003"
        [health.active]
        interval = "1s"
        [[backends]]
        address = "10.0.0.1:80"
        weight = 5
        [[backends]]
        name = "third"
        address = "10.0.0.3:80"
        [pools.default]
        algorithm = "lc"
        [pools.fresh]
        [[pools.fresh.backends]]
        address = "10.0.0.4:80"
        """;
    assertThat(ConfigDiff.between(load(before), load(after)).lines())
        .containsExactly(
            "~ timeouts.idle 5m -> 1m",
            "+ listener new on 0.0.0.0:9003, pool default",
            "- listener old on 0.0.0.0:9001, pool default",
            "~ listener default: address 0.0.0.0:9000 -> 0.0.0.0:9002",
            "+ pool fresh, round_robin, 1 backend",
            "- pool gone, round_robin, 0 backends",
            "~ pool default: algorithm round_robin -> least_connections",
            "~ pool default: health.active.interval 3s -> 1s",
            "+ pool default: backend third at 10.0.0.3:80, weight 1",
            "- pool default: backend 10.0.0.2:80, weight 1",
            "~ pool default: backend 10.0.0.1:80: weight 1 -> 5");
  }

  @Test
  void a_changed_tcp_setting_is_one_of_every_listener_and_pool_that_takes_it()
      throws ConfigException {
    LobleConfig before = load(MINIMAL);
    LobleConfig after = load(MINIMAL + "[tcp]\nkeepalive = \"30s\"\n");
    ConfigDiff diff = ConfigDiff.between(before, after);
    assertThat(diff.lines())
        .containsExactly(
            "~ listener default: tcp.keepalive 2m -> 30s",
            "~ pool default: tcp.keepalive 2m -> 30s");
    assertThat(diff.apply(before)).isEqualTo(after);
  }

  @Test
  void the_order_of_backends_is_a_change() throws ConfigException {
    String backend = "[[backends]]\naddress = \"10.0.0.2:80\"\n";
    LobleConfig before = load(MINIMAL + backend);
    LobleConfig after = load(backend + MINIMAL);
    assertThat(ConfigDiff.between(before, after).lines())
        .containsExactly("~ pool default: backend order: 10.0.0.2:80, 10.0.0.1:8080");
  }

  @Test
  void what_was_changed_at_run_time_survives_a_change_of_something_else() throws ConfigException {
    LobleConfig file = load(MINIMAL);
    LobleConfig running =
        load(MINIMAL + "[[backends]]\naddress = \"10.0.0.9:80\"\n[balancer]\nalgorithm = \"lc\"");
    LobleConfig newFile = load(MINIMAL + "weight = 7\n[limits]\nmax_connections = 5");
    LobleConfig merged = ConfigDiff.between(file, newFile).apply(running);
    PoolConfig pool = pool(merged, "default");
    assertThat(pool.algorithm()).isEqualTo(pool(running, "default").algorithm());
    assertThat(pool.backends())
        .extracting(b -> b.name() + " " + b.weight())
        .isEqualTo(List.of("10.0.0.1:8080 7", "10.0.0.9:80 1"));
    assertThat(merged.limits()).isEqualTo(new Limits(5, Limits.DEFAULT_MAX_PIPES));
  }

  @Provide
  Arbitrary<LobleConfig> configs() {
    return Configs.any();
  }
}
