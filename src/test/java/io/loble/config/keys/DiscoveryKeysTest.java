package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.Discovery;
import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DiscoverySource.Kubernetes;
import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DiscoverySource.Targets;
import io.loble.config.DnsLookups;
import io.loble.config.FoundSettings;
import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.RuntimeChanges;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a pool finds backends, as a file says it. */
class DiscoveryKeysTest {

  private static final String LISTENER =
      "[[listeners]]\nname = \"edge\"\naddress = \"0.0.0.0:80\"\npool = \"db\"\n";
  private static final String TABLE = LISTENER + "[pools.db.discover]\n";
  private static final String DNS = TABLE + "dns = \"db.internal:5432\"\n";
  private static final FoundSettings DRAINED =
      new FoundSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(BackendMode.DRAIN));

  @Test
  void nothing_is_found_by_default() throws ConfigException {
    String named = LISTENER + "[[pools.db.backends]]\naddress = \"10.0.0.1:80\"\n";
    assertThat(discovery(named)).isEqualTo(Discovery.OFF);
    assertThat(ConfigParts.toJson(pool(load(named), "db")).containsKey("discover")).isFalse();
  }

  @Test
  void a_source_suffices_and_is_no_mistake() throws ConfigException {
    LobleConfig config = load(DNS);
    assertThat(pool(config, "db").discovery())
        .isEqualTo(
            new Discovery(
                List.of(new Dns(new HostPort("db.internal", 5432))),
                DnsLookups.DEFAULT,
                Optional.empty(),
                Duration.ofSeconds(5),
                0,
                Map.of()));
    assertThat(ConfigWarnings.of(config)).isEmpty();
  }

  @Test
  void all_keys_are_read() throws ConfigException {
    String keys =
        """
        dns = "DB.internal.:5432"
        srv = "_pg._tcp.db.internal"
        kubernetes = { service = "shop/postgres", port = 5432, prefer_zone = true, zone = "a", server = "https://[::1]:6443" }
        file = "dir//targets.json"
        keep = "10m"
        start_timeout = "0s"
        max_connections = 9
        min_ttl = "2s"
        max_ttl = "2s"
        servers = ["10.0.0.10", "[fd00:0::1]:5353", "fd00::2"]
        query_timeout = "500ms"
        [pools.db.discover.backends."10.0.0.7:5432"]
        weight = 0
        max_connections = 1
        priority = 2
        state = "drain"
        [pools.db.discover.backends.as_it_is]
        """;
    assertThat(discovery(TABLE + keys))
        .isEqualTo(
            new Discovery(
                List.of(
                    new Dns(new HostPort("db.internal.", 5432)),
                    new Srv("_pg._tcp.db.internal"),
                    new Kubernetes("shop", "postgres", "5432", true, "a", "https://[::1]:6443"),
                    new Targets(Path.of("dir/targets.json"))),
                new DnsLookups(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    List.of(
                        new HostPort("10.0.0.10", 53),
                        new HostPort("fd00::1", 5353),
                        new HostPort("fd00::2", 53)),
                    Duration.ofMillis(500)),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ZERO,
                9,
                Map.of(
                    "10.0.0.7:5432",
                    new FoundSettings(
                        Optional.of(0),
                        Optional.of(1),
                        Optional.of(2),
                        Optional.of(BackendMode.DRAIN)))));
  }

  @Test
  void a_service_may_be_in_the_namespace_of_the_process() throws ConfigException {
    assertThat(discovery(TABLE + "kubernetes.service = \"postgres\"\n").sources())
        .containsExactly(new Kubernetes("", "postgres", "", false, "", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns = \"db.internal\"      | dns: expected \"\", or the name of a host with a port, such"
            + " as",
        "dns = \"db.internal:0\"    | dns: expected \"\", or the name of a host with a port, such"
            + " as",
        "dns = \"a b:80\"           | dns: expected \"\", or the name of a host with a port, such"
            + " as",
        "dns = \"300.1.1.1:80\"     | dns: expected \"\", or the name of a host with a port, such"
            + " as",
        "dns = \"10.0.0.1:80\"      | dns: 10.0.0.1:80 has an IP address, which is not looked up;"
            + " make it a backend of the pool: backends = [{ address = \"10.0.0.1:80\" }]",
        "dns = \"[::1]:80\"         | dns: [::1]:80 has an IP address, which is not looked up",
        "dns = \"unix:/a\"          | dns: expected \"\", or the name of a host with a port, such"
            + " as",
        "srv = \"db.internal:5432\" | srv: SRV records say the port; write the name without it,"
            + " \"db.internal\"",
        "srv = \"a..b\"             | srv: expected \"\", or the name of SRV records, such as",
        "kubernetes = \"postgres\"  | kubernetes: expected a table, found the string \"postgres\"",
        "kubernetes = { }           | kubernetes.service: missing; expected the name of a service",
        "kubernetes.port = \"pg\"   | kubernetes.service: missing; expected the name of a service",
        "kubernetes.service = \"a/b/c\" | kubernetes.service: expected \"\", or the name of a"
            + " service",
        "kubernetes = { service = \"a\", port = 65536 } | kubernetes.port: expected \"\", or the"
            + " name or the number of a port, such as \"pg\", found 65536",
        "kubernetes = { service = \"a\", server = \"10.0.0.1\" } | kubernetes.server: expected"
            + " \"\", or the URL of an API server",
        "kubernetes = { service = \"a\", server = \"https://u:p@x\" } | kubernetes.server: expected"
            + " \"\", or the URL of an API server",
        "file = \" \"               | file: expected \"\", or the path of a file, such as",
        "file = 1                   | file: expected \"\", or the path of a file, such as",
        "colour = 1                 | colour: unknown key; known here: dns, srv, kubernetes,"
            + " file, keep",
      })
  void sources_that_cannot_be_used(String key, String error) {
    assertThat(errors(TABLE + key + "\nkeep = \"1s\"\n"))
        .first()
        .asString()
        .startsWith("loble.toml:")
        .contains(": pools.db.discover." + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep = 1                    | keep: expected \"forever\", or a duration such as \"10m\","
            + " found 1",
        "keep = \"always\"           | keep: expected \"forever\", or a duration such as \"10m\"",
        "start_timeout = \"11m\"     | start_timeout: expected a duration of at most 10m",
        "max_connections = -1        | max_connections: expected an integer of at least 0, found"
            + " -1",
        "min_ttl = \"0s\"            | min_ttl: expected a duration from 100ms to 1h",
        "max_ttl = \"25h\"           | max_ttl: expected a duration from 100ms to 24h",
        "max_ttl = \"900ms\"         | max_ttl: must be no less than min_ttl",
        "min_ttl = \"2m\"            | min_ttl: must be no more than max_ttl",
        "servers = \"10.0.0.10\"     | servers: expected an array of IP addresses of name servers",
        "servers = [\"ns.internal\"] | servers[0]: expected an IP address, with a port where that"
            + " is not 53",
        "servers = [\"0.0.0.0\"]     | servers[0]: expected an IP address, with a port where that"
            + " is not 53",
        "servers = [\"::1\", \"[::1]:53\"] | servers[1]: \"[::1]:53\" is given twice",
        "query_timeout = \"31s\"     | query_timeout: expected a duration from 100ms to 30s",
        "backends = [ ]              | backends: expected a table of backends by their names, found"
            + " an array",
        "backends.b = 1              | backends.b: expected a table, found 1",
        "backends.b.weight = 257     | backends.b.weight: expected an integer from 0 to 256, found"
            + " 257",
        "backends.b.state = \"off\"  | backends.b.state: expected one of ready, drain, maintenance,"
            + " found",
        "backends.b.address = \"a:1\" | backends.b.address: unknown key; known here: weight,"
            + " max_connections",
        "backends.\"..\".weight = 1  | backends.\"..\": a backend's name is not empty, and neither",
      })
  void wrong_values(String key, String error) {
    assertThat(errors(DNS + key + "\n"))
        .singleElement()
        .asString()
        .startsWith("loble.toml:7:")
        .contains(": pools.db.discover." + error);
  }

  @Test
  void without_a_source_other_keys_are_errors() {
    assertThat(errors(TABLE + "keep = \"1m\"\nservers = [\"10.0.0.10\"]\n"))
        .containsExactly(
            "loble.toml:6:1: pools.db.discover.keep: has no effect without a source; say where"
                + " backends are found with dns, srv, kubernetes or file",
            "loble.toml:7:1: pools.db.discover.servers: has no effect without a source; say where"
                + " backends are found with dns, srv, kubernetes or file");
    assertThat(errors(TABLE))
        .containsExactly(
            "loble.toml:5:1: pools.db.discover.dns: missing; say where backends are found with dns,"
                + " srv, kubernetes or file");
  }

  @Test
  void a_source_that_cannot_be_used_is_the_only_error() {
    assertThat(errors(TABLE + "dns = \"10.0.0.1:80\"\nkeep = \"1m\"\n")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file = \"f\"\\n"
            + "min_ttl = \"2s\"       | discover.min_ttl: has no effect without dns or srv",
        "file = \"f\"\\n"
            + "max_ttl = \"2s\"       | discover.max_ttl: has no effect without dns or srv",
        "file = \"f\"\\n"
            + "servers = [\"::1\"]    | discover.servers: has no effect without dns or srv",
        "file = \"f\"\\n"
            + "query_timeout = \"1s\" | discover.query_timeout: has no effect without dns or srv",
        "kubernetes = { service = \"a\", zone = \"z\" } | discover.kubernetes.zone: has no effect"
            + " without prefer_zone = true",
        "srv = \"x\"\\n"
            + "[pools.db.tls]          | tls.server_name: is missing; backends that are found have"
            + " IP addresses",
      })
  void warnings(String keys, String warning) throws ConfigException {
    LobleConfig config = load(TABLE + keys.replace("\\n", "\n") + "\n");
    assertThat(ConfigWarnings.of(config))
        .singleElement()
        .asString()
        .startsWith("pools.db." + warning);
  }

  @Test
  void a_pool_whose_named_backends_are_drained_may_find_others() throws ConfigException {
    String drained = "[[pools.db.backends]]\naddress = \"10.0.0.1:80\"\nstate = \"drain\"\n";
    assertThat(ConfigWarnings.of(load(DNS + drained))).isEmpty();
    assertThat(ConfigWarnings.of(load(LISTENER + drained))).hasSize(1);
  }

  @Test
  void a_change_is_named_key_by_key_and_can_be_made() throws ConfigException {
    LobleConfig none = load(LISTENER + "[[pools.db.backends]]\naddress = \"10.0.0.1:80\"\n");
    LobleConfig dns =
        load(
            DNS
                + "servers = [\"::1\"]\n[[pools.db.backends]]\naddress = \"10.0.0.1:80\"\n"
                + "[pools.db.discover.backends.b]\nweight = 3\n");
    ConfigDiff there = ConfigDiff.between(none, dns);
    assertThat(there.lines())
        .containsExactly(
            "~ pool db: discover.dns  -> db.internal:5432",
            "~ pool db: discover.servers [] -> [\"[::1]:53\"]",
            "~ pool db: discover.backends {\"b\":{}} -> {\"b\":{\"weight\":3}}");
    assertThat(there.apply(none)).isEqualTo(dns);
    assertThat(ConfigDiff.between(dns, none).apply(dns)).isEqualTo(none);
  }

  @Test
  void one_kind_of_source_can_take_the_place_of_another() throws ConfigException {
    LobleConfig dns = load(DNS);
    LobleConfig other =
        load(TABLE + "kubernetes = { service = \"shop/pg\", port = \"pg\" }\nkeep = \"0s\"\n");
    assertThat(ConfigDiff.between(dns, other).apply(dns)).isEqualTo(other);
    assertThat(ConfigDiff.between(other, dns).apply(other)).isEqualTo(dns);
  }

  @Test
  void what_was_set_of_others_at_run_time_survives_a_change_of_the_file() throws ConfigException {
    LobleConfig before = load(DNS + "backends.a.weight = 1\nbackends.b.weight = 1\n");
    LobleConfig after = load(DNS + "backends.a.weight = 2\n");
    LobleConfig running =
        before.withPools(
            Map.of(
                "db",
                pool(before, "db")
                    .withDiscovery(
                        discovery(DNS + "backends.a.weight = 1\nbackends.b.weight = 1\n")
                            .withBackends(Map.of("a", weight(1), "b", weight(1), "c", DRAINED)))));
    assertThat(pool(RuntimeChanges.rebase(before, after, running), "db").discovery().backends())
        .isEqualTo(Map.of("a", weight(2), "c", DRAINED));
  }

  @Test
  void a_command_switches_it_off_with_empty_names() throws ConfigException {
    JsonObject off =
        new JsonObject("{\"discover\":{\"dns\":\"\",\"kubernetes\":{\"service\":\"\"}}}");
    String both = DNS + "kubernetes = { service = \"a\", port = \"b\" }\nkeep = \"1m\"\n";
    assertThat(ConfigParts.pool(pool(load(both), "db"), off).discovery()).isEqualTo(Discovery.OFF);
  }

  @Test
  void a_command_changes_what_it_names_of_a_backend_that_was_found() throws ConfigException {
    FoundSettings changed =
        ConfigParts.found(DRAINED, new JsonObject().put("weight", 7).put("priority", 0));
    assertThat(changed)
        .isEqualTo(
            new FoundSettings(
                Optional.of(7), Optional.empty(), Optional.of(0), Optional.of(BackendMode.DRAIN)));
    assertThat(ConfigParts.toJson(changed))
        .isEqualTo(new JsonObject("{\"weight\":7,\"priority\":0,\"state\":\"drain\"}"));
    assertThat(ConfigParts.found(changed, new JsonObject().putNull("state").putNull("priority")))
        .isEqualTo(weight(7));
    assertThatThrownBy(() -> ConfigParts.found(changed, new JsonObject().put("weight", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("request: weight: expected an integer from 0 to 256");
  }

  private static FoundSettings weight(int weight) {
    return new FoundSettings(
        Optional.of(weight), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Discovery discovery(String toml) throws ConfigException {
    return pool(load(toml), "db").discovery();
  }
}
