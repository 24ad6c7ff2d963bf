package io.loble.config.keys;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the whole of a configuration shows to be wrong. */
class WholeConfigTest {

  private static final String BACKEND = "[[backends]]\naddress = \"10.0.0.1:8080\"\n";

  @Test
  void a_configuration_without_a_listener_says_how_to_add_one() {
    assertThat(errors(BACKEND))
        .containsExactly(
            "loble.toml: no listener; add [listener] with address = \"0.0.0.0:9000\","
                + " or set LB_PORT");
  }

  @Test
  void a_listener_without_any_backend_says_how_to_add_one() {
    assertThat(errors("[listener]\naddress = \"0.0.0.0:9000\""))
        .containsExactly(
            "loble.toml:1:1: listener: there is no pool \"default\"; add [[backends]] with"
                + " address = \"10.0.0.1:8080\", or set LB_BACKENDS");
  }

  @Test
  void a_pool_that_is_declared_may_be_empty() throws ConfigException {
    String toml = "[listener]\naddress = \"0.0.0.0:9000\"\n[pools.default]";
    assertThat(pool(load(toml), "default").backends()).isEmpty();
  }

  @Test
  void a_listener_on_an_unknown_pool_names_the_known_ones() {
    String listener =
        "[[listeners]]\nname = \"pg\"\naddress = \"0.0.0.0:5432\"\npool = \"postgers\"\n";
    String pools = "[pools.postgres]\n[pools.web]\n";
    assertThat(errors(listener + pools))
        .containsExactly(
            "loble.toml:4:1: listeners[0].pool: there is no pool \"postgers\""
                + " (one is added with [[pools.postgers.backends]]); did you mean 'postgres'?");
    assertThat(errors(listener.replace("postgers", "cassandra") + pools))
        .singleElement()
        .asString()
        .contains("known here: postgres, web");
  }

  @Test
  void a_second_listener_named_default_is_refused() {
    assertThat(errors(MINIMAL + "[[listeners]]\nname = \"default\"\naddress = \"0.0.0.0:9001\"\n"))
        .containsExactly(
            "loble.toml:6:1: listeners[0].name: \"default\" is already used by listener (line 1);"
                + " each name may be used only once");
  }

  @Test
  void both_forms_of_the_default_pools_backends_are_refused() {
    assertThat(errors(MINIMAL + "[[pools.default.backends]]\naddress = \"10.0.0.2:8080\"\n"))
        .containsExactly(
            "loble.toml:5:1: pools.default.backends: [[backends]] is short for"
                + " [[pools.default.backends]], and backends (line 3) has backends already;"
                + " keep one of the two forms");
  }

  @Test
  void a_backends_address_may_stand_once_in_a_pool() throws ConfigException {
    assertThat(errors(MINIMAL + BACKEND))
        .containsExactly(
            "loble.toml:6:1: backends[1].address: \"10.0.0.1:8080\" is already used by"
                + " backends[0].address (line 4); each address may be used only once");
    assertThat(load(MINIMAL + BACKEND.replace("backends", "pools.other.backends")).pools())
        .hasSize(2);
  }

  @Test
  void a_backends_name_may_stand_once_in_a_pool() {
    String second = "name = \"a\"\n[[backends]]\naddress = \"10.0.0.2:8080\"\nname = \"a\"\n";
    assertThat(errors(MINIMAL + second))
        .containsExactly(
            "loble.toml:8:1: backends[1].name: \"a\" is already used by backends[0].name (line 5);"
                + " each name may be used only once");
  }

  @Test
  void a_name_and_an_address_that_both_stand_twice_are_two_errors() {
    String second = "name = \"a\"\n[[backends]]\naddress = \"10.0.0.1:8080\"\nname = \"a\"\n";
    assertThat(errors(MINIMAL + second)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9000, 0.0.0.0:9000",
    "0.0.0.0:9000, 127.0.0.1:9000",
    "127.0.0.1:9000, 0.0.0.0:9000",
    "0.0.0.0:9000, '[::1]:9000'",
    "'[::]:9000', '[::1]:9000'",
  })
  void two_listeners_cannot_share_an_address(String first, String second) {
    assertThat(errors(twoListeners(first, second)))
        .containsExactly(
            "loble.toml:5:1: listeners[1].address: "
                + second
                + " conflicts with another address: listeners[0].address (line 2) listens on "
                + first
                + "; use another port");
  }

  @ParameterizedTest
  @CsvSource({
    "'[::]:9000', 127.0.0.1:9000",
    "'[::]:9000', 0.0.0.0:9000",
    "0.0.0.0:9000, '[::]:9000'",
  })
  void all_of_ipv6_takes_ipv4_too_unless_it_is_told_not_to(String first, String second) {
    String file = twoListeners(first, second);
    assertThat(errors(file))
        .containsExactly(
            "loble.toml:5:1: listeners[1].address: "
                + second
                + " conflicts with another address: listeners[0].address (line 2) listens on "
                + first
                + "; use another port, or v6only = true for the listener on [::]");
    String ofIpv6 = "address = \"[::]:9000\"\n";
    assertThat(errors(file.replace(ofIpv6, ofIpv6 + "v6only = true\n"))).isEmpty();
  }

  @Test
  void v6only_does_not_let_two_listeners_share_ipv6() {
    String file = twoListeners("[::]:9000", "[::1]:9000");
    assertThat(errors(file.replace("name = \"a\"", "v6only = true\nname = \"a\""))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:0, 0.0.0.0:0",
    "127.0.0.1:9000, 127.0.0.2:9000",
    "127.0.0.1:9000, 127.0.0.1:9001"
  })
  void addresses_that_differ_or_are_free_to_choose_go_together(String first, String second) {
    assertThat(errors(twoListeners(first, second))).isEmpty();
  }

  @Test
  void a_listener_cannot_take_the_admin_address() {
    assertThat(errors(MINIMAL + "[admin]\naddress = \"127.0.0.1:9000\""))
        .containsExactly(
            "loble.toml:6:1: admin.address: 127.0.0.1:9000 conflicts with another address:"
                + " listener.address (line 2) listens on 0.0.0.0:9000; use another port");
  }

  @Test
  void a_listener_on_the_default_admin_address_is_the_one_to_blame() {
    assertThat(errors(MINIMAL.replace("9000", "9090")))
        .containsExactly(
            "loble.toml:2:1: listener.address: 0.0.0.0:9090 conflicts with another address:"
                + " admin.address is 127.0.0.1:9090 by default; use another port");
  }

  @Test
  void metrics_may_share_the_admin_address_but_not_a_listeners() throws ConfigException {
    String metrics = MINIMAL + "[metrics]\naddress = \"127.0.0.1:%d\"\n";
    assertThat(errors(metrics.formatted(9090))).isEmpty();
    assertThat(errors(metrics.formatted(9091))).isEmpty();
    assertThat(errors(metrics.formatted(9000)))
        .singleElement()
        .asString()
        .startsWith(
            "loble.toml:6:1: metrics.address: 127.0.0.1:9000 conflicts with another address");
    assertThat(load(metrics.formatted(9000) + "enabled = false").metrics().enabled()).isFalse();
  }

  @Test
  void metrics_are_served_at_the_admin_address_unless_told_otherwise() throws ConfigException {
    LobleConfig config = load(MINIMAL + "[admin]\naddress = \"127.0.0.1:7000\"");
    assertThat(config.metrics().address()).isEqualTo(config.admin().address());
  }

  @Test
  void an_admin_address_that_is_taken_and_reachable_is_two_errors() {
    assertThat(errors(MINIMAL + "[admin]\naddress = \"0.0.0.0:9000\"")).hasSize(2);
  }

  @Test
  void an_address_that_cannot_be_read_is_one_error() {
    assertThat(errors(MINIMAL.replace("9000", "9090") + "[admin]\naddress = \"x\"")).hasSize(1);
  }

  @Test
  void pools_and_listeners_need_names() {
    assertThat(errors(MINIMAL + "[pools.\"\"]\n[[listeners]]\naddress = \"1.1.1.1:1\"\n"))
        .containsExactly(
            "loble.toml:5:1: pools.\"\": a pool needs a name, such as [pools.web]",
            "loble.toml:6:1: listeners[0].name: missing;"
                + " expected a name that is not empty, neither \".\" nor \"..\", of at most 255"
                + " bytes, and without control or invisible characters, such as \"web\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a\\nb", "\\u001b[2J"})
  void a_name_can_stand_in_a_path_and_on_a_line(String name) {
    String pool = "[pools.\"" + name + "\"]\n";
    String backend = "[[pools.p.backends]]\naddress = \"a:1\"\nname = \"" + name + "\"\n";
    String listener = "[[listeners]]\naddress = \"1.1.1.1:1\"\nname = \"" + name + "\"\n";
    assertThat(errors(MINIMAL + pool)).hasSize(1);
    assertThat(errors(MINIMAL + backend)).hasSize(1);
    assertThat(errors(MINIMAL + listener)).hasSize(1);
  }

  private static String twoListeners(String first, String second) {
    String listener = "[[listeners]]\naddress = \"%s\"\nname = \"%s\"\n";
    return listener.formatted(first, "a") + listener.formatted(second, "b") + BACKEND;
  }
}
