package io.loble.config.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.Configs;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.source.Loading;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RuntimeChangesTest {

  private static final String FILE =
      """
      [listener]
      address = "127.0.0.1:0"
      [[backends]]
      name = "a"
      address = "10.0.0.1:80"
      [[backends]]
      name = "b"
      address = "10.0.0.2:80"
      [pools.other]
      """;

  @Provide
  Arbitrary<LobleConfig> configs() {
    return Configs.any();
  }

  @Property(tries = 200)
  void without_run_time_changes_the_file_is_in_force(
      @ForAll("configs") LobleConfig before, @ForAll("configs") LobleConfig after)
      throws ConfigException {
    assertThat(RuntimeChanges.rebase(before, after, before)).isEqualTo(after);
  }

  @Property(tries = 200)
  void a_file_that_has_not_changed_changes_nothing(
      @ForAll("configs") LobleConfig file, @ForAll("configs") LobleConfig inForce)
      throws ConfigException {
    // Where the file has an address under another name, its name is meant; that is another rule.
    LobleConfig sameBackends = inForce.withPools(file.pools()).withListeners(file.listeners());
    assertThat(RuntimeChanges.rebase(file, file, sameBackends)).isEqualTo(sameBackends);
  }

  @Test
  void what_the_file_changes_of_a_backend_wins_over_all_that_was_set_there() throws Exception {
    LobleConfig file = load(FILE);
    LobleConfig inForce = with(file, drained("a"), drained("b"));
    LobleConfig result =
        rebase(FILE, FILE.replace("10.0.0.1:80\"", "10.0.0.1:80\"\nweight = 5"), inForce);
    assertThat(backends(result))
        .containsExactly(new BackendConfig("a", new HostPort("10.0.0.1", 80), 5, 0), drained("b"));
  }

  @Test
  void a_backend_added_by_command_gives_way_to_the_files_at_its_address() throws Exception {
    BackendConfig c = new BackendConfig("c", new HostPort("10.0.0.3", 80), 1, 0);
    BackendConfig d = new BackendConfig("d", new HostPort("10.0.0.4", 80), 1, 0);
    List<BackendConfig> more = new ArrayList<>(backends(load(FILE)));
    more.addAll(List.of(c, d));
    LobleConfig inForce = with(load(FILE), more.toArray(BackendConfig[]::new));
    String next =
        FILE.replace("[pools", "[[backends]]\nname = \"z\"\naddress = \"10.0.0.3:80\"\n[pools");
    assertThat(backends(rebase(FILE, next, inForce)))
        .extracting(BackendConfig::name)
        .containsExactlyInAnyOrder("a", "b", "d", "z");
  }

  @Test
  void a_pool_removed_by_command_comes_back_when_the_file_changes_it() throws Exception {
    LobleConfig inForce = load(FILE.replace("[pools.other]", ""));
    assertThat(rebase(FILE, FILE, inForce).pools()).doesNotContainKey("other");
    assertThat(rebase(FILE, FILE + "algorithm = \"lc\"", inForce).pools()).containsKey("other");
  }

  @Test
  void what_cannot_be_had_together_is_refused() throws Exception {
    LobleConfig file = load(FILE);
    List<ListenerConfig> listeners = new ArrayList<>(file.listeners());
    listeners.add(new ListenerConfig("late", new HostPort("127.0.0.1", 0), "other", false));
    assertThatThrownBy(
            () -> rebase(FILE, FILE.replace("[pools.other]", ""), file.withListeners(listeners)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is no pool \"other\"");
  }

  private static LobleConfig rebase(String before, String after, LobleConfig inForce)
      throws ConfigException {
    return RuntimeChanges.rebase(load(before), load(after), inForce);
  }

  private static BackendConfig drained(String name) {
    HostPort address = new HostPort("10.0.0." + (name.charAt(0) - 'a' + 1), 80);
    return new BackendConfig(name, address, 9, 0, BackendMode.DRAIN);
  }

  private static LobleConfig with(LobleConfig config, BackendConfig... backends) {
    PoolConfig pool = config.pools().get("default");
    assertThat(pool).isNotNull();
    return config.withPool(pool.withBackends(List.of(backends)));
  }

  private static List<BackendConfig> backends(LobleConfig config) {
    PoolConfig pool = config.pools().get("default");
    assertThat(pool).isNotNull();
    return pool.backends();
  }

  private static LobleConfig load(String toml) throws ConfigException {
    return Loading.load(toml);
  }
}
