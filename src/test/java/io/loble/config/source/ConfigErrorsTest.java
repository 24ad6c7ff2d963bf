package io.loble.config.source;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error has its place, its key, what is wrong and what would be right. */
class ConfigErrorsTest {

  @Test
  void all_errors_of_all_sources_are_reported_at_once_in_reading_order() {
    String toml =
        """
        [listener]
        address = "0.0.0.0:9000"
        [health]
        failure_threshold = 0
        [health.active]
        intervall = "3s"
        [[backends]]
        address = "10.0.0.1:8080"
        weight = "10"
        """;
    JsonObject overrides = new JsonObject("{\"limits\":{\"max_connections\":-1}}");
    assertThat(errors(toml, overrides, Map.of("LB_ALGO", "fastest")))
        .containsExactly(
            "loble.toml:4:1: health.failure_threshold:"
                + " expected an integer of at least 1, found 0",
            "loble.toml:6:1: health.active.intervall: unknown key; did you mean 'interval'?",
            "loble.toml:9:1: backends[0].weight:"
                + " expected an integer from 0 to 256, found the string \"10\"",
            "-conf: overrides.limits.max_connections: expected an integer of at least 0, found -1",
            "environment: LB_ALGO: expected one of round_robin (rr), least_connections (lc),"
                + " random (rand), source_hash (sticky), p2c, peak_ewma, maglev, least_bandwidth,"
                + " adaptive, found the string \"fastest\"");
  }

  @Test
  void a_bandwidth_is_a_size_per_second() {
    String file = MINIMAL.replace("[listener]\n", "[listener]\nbandwidth = '10MB'\n");
    assertThat(errors(file))
        .containsExactly(
            "loble.toml:2:1: listener.bandwidth: expected a size per second of at most 64GiB/s,"
                + " or \"\" for none, such as \"10MiB/s\", found the string \"10MB\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[balancer] | algorithm = 'fairest' | balancer.algorithm | one of round_robin (rr), least_connections (lc), random (rand), source_hash (sticky), p2c, peak_ewma, maglev, least_bandwidth, adaptive, found the string \"fairest\"",
        "[balancer] | algorithm = 'ring_hash' | balancer.algorithm | one of round_robin (rr), least_connections (lc), random (rand), source_hash (sticky), p2c, peak_ewma, maglev, least_bandwidth, adaptive, found the string \"ring_hash\"; did you mean \"source_hash\"?",
        "[pools.x] | hash_on = 'cookie' | pools.x.hash_on | one of client, client_port, sni, found the string \"cookie\"",
        "[pools.x] | balance_factor = 0.9 | pools.x.balance_factor | 0, or a number from 1.0 to 100.0, found 0.9",
        "[pools.x.adaptive] | min = 0 | pools.x.adaptive.min | a number from 0.01 to 1.0, found 0",
        "[pools.x.adaptive] | max = 0.5 | pools.x.adaptive.max | a number from 1.0 to 100.0, found 0.5",
        "[balancer] | retries = 17 | balancer.retries | an integer from 0 to 16, found 17",
        "[health] | success_threshold = 1.5 | health.success_threshold | an integer of at least 1, found 1.5",
        "[health.active] | enabled = 'yes' | health.active.enabled | true or false, found the string \"yes\"",
        "[health.active] | type = 'ping' | health.active.type | one of tcp, http, expect, found the string \"ping\"",
        "[health.active] | interval = '9ms' | health.active.interval | a duration of at least 10ms, such as \"250ms\" or \"3s\", found the string \"9ms\"",
        "[health.active] | timeout = 3 | health.active.timeout | a duration of at least 1ms, such as \"250ms\" or \"3s\", found 3",
        "[health.active] | jitter = 0.6 | health.active.jitter | a number from 0.0 to 0.5, found 0.6",
        "[health.active] | jitter = nan | health.active.jitter | a number from 0.0 to 0.5, found NaN",
        "[health.active] | path = 'x' | health.active.path | a path that begins with / and has no spaces, such as \"/healthz\", found the string \"x\"",
        "[health.active] | status = 99 | health.active.status | a status code from 100 to 599 or a range, such as 200 or \"200-399\", found 99",
        "[health.active] | status = '399-200' | health.active.status | a status code from 100 to 599 or a range, such as 200 or \"200-399\", found the string \"399-200\"",
        "[timeouts] | connect = '0s' | timeouts.connect | a duration of at least 1ms, such as \"250ms\" or \"3s\", found the string \"0s\"",
        "[timeouts] | idle = 2026-01-01 | timeouts.idle | a duration such as \"250ms\", \"3s\" or \"1m30s\", found the date or time 2026-01-01",
        "[timeouts] | drain = '1.5s' | timeouts.drain | a duration such as \"250ms\", \"3s\" or \"1m30s\", found the string \"1.5s\"",
        "[limits] | max_connections = 3000000000 | limits.max_connections | an integer of at least 0, found 3000000000",
        "[admin] | address = ':9090' | admin.address | host:port, such as \"0.0.0.0:9000\", with a port from 0 to 65535, found the string \":9090\"",
        "[metrics] | enabled = 1 | metrics.enabled | true or false, found 1",
        "[logging] | level = 'verbose' | logging.level | one of trace, debug, info, warn, error, found the string \"verbose\"",
        "[logging] | format = [] | logging.format | one of text, json, found an array",
        "[tcp] | keepalive = '1500ms' | tcp.keepalive | a duration in whole seconds of at most 9h6m7s, such as \"30s\", found the string \"1500ms\"",
        "[tcp] | keepalive = '9h6m8s' | tcp.keepalive | a duration in whole seconds of at most 9h6m7s, such as \"30s\", found the string \"9h6m8s\"",
        "[pools.x.tcp] | keepalive = 120 | pools.x.tcp.keepalive | a duration in whole seconds of at most 9h6m7s, such as \"30s\", found 120",
        "[listener.tcp] | user_timeout = '577h' | listener.tcp.user_timeout | a duration of at most 576h, such as \"30s\", found the string \"577h\"",
        "[pools.x] | tcp = '2m' | pools.x.tcp | a table, found the string \"2m\"",
        "[pools.x] | backends = {} | pools.x.backends | an array of tables, found a table",
        "[pools.x] | send_proxy = 'v3' | pools.x.send_proxy | one of off, v1, v2, found the string \"v3\"; did you mean \"v1\"?",
        "[pools.x] | send_proxy = true | pools.x.send_proxy | one of off, v1, v2, found the boolean true",
        "[pools.x] | source = '10.0.0.5' | pools.x.source | an array of IP addresses, such as [\"10.0.0.5\"], found the string \"10.0.0.5\"",
        "[health.active] | send_proxy = 'v2' | health.active.send_proxy | true or false, found the string \"v2\"",
        "[pools] | x = 1 | pools.x | a table, found 1",
      })
  void a_value_that_does_not_fit_is_named_with_what_would(
      String table, String line, String key, String reason) {
    assertThat(errors(MINIMAL + table + "\n" + line + "\n"))
        .containsExactly("loble.toml:6:1: " + key + ": expected " + reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 257})
  void a_weight_out_of_range_is_refused(int weight) {
    assertThat(errors(MINIMAL + "weight = " + weight))
        .containsExactly(
            "loble.toml:5:1: backends[0].weight: expected an integer from 0 to 256, found "
                + weight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.0.0.1:0", "10.0.0.1:65536", "::1:80", ":80", "a b:80"})
  void a_backend_without_a_usable_address_is_refused(String address) {
    assertThat(errors(MINIMAL.replace("10.0.0.1:8080", address)))
        .containsExactly(
            "loble.toml:4:1: backends[0].address: expected host:port, such as \"10.0.0.1:8080\","
                + " with a port from 1 to 65535, or the path of a Unix socket, such as"
                + " \"unix:/run/app.sock\", found the string \""
                + address
                + "\"");
  }

  @Test
  void an_unknown_key_far_from_any_other_lists_the_known_ones() {
    assertThat(errors(MINIMAL + "[limits]\ncolour = 1"))
        .containsExactly(
            "loble.toml:6:1: limits.colour: unknown key; known here: max_connections, max_pipes,"
                + " overload_lag, overload_heap");
  }

  @Test
  void an_unknown_table_suggests_the_nearest() {
    assertThat(errors(MINIMAL + "[loging]\n"))
        .containsExactly("loble.toml:5:1: loging: unknown key; did you mean 'logging'?");
  }

  @Test
  void a_missing_address_is_reported_at_its_table() {
    assertThat(errors(MINIMAL + "[[pools.pg.backends]]\nweight = 2"))
        .containsExactly(
            "loble.toml:5:1: pools.pg.backends[0].address: missing; expected host:port,"
                + " such as \"10.0.0.1:8080\", with a port from 1 to 65535, or the path of a Unix"
                + " socket, such as \"unix:/run/app.sock\"");
  }

  @Test
  void a_pool_with_a_quoted_name_is_named_as_it_was_written() {
    assertThat(errors(MINIMAL + "[pools.\"a b\"]\nretries = -1"))
        .containsExactly(
            "loble.toml:6:1: pools.\"a b\".retries: expected an integer from 0 to 16, found -1");
  }

  @Test
  void a_wrong_setting_that_every_pool_inherits_is_reported_once() {
    assertThat(errors(MINIMAL + "[pools.a]\n[pools.b]\n[health.active]\ntype = \"expect\""))
        .containsExactly(
            "loble.toml:8:1: health.active.type: a check of type expect needs the text to wait"
                + " for, such as expect = \"+PONG\"");
  }

  @Test
  void an_id_in_the_file_is_sent_to_its_place() {
    assertThat(errors("id = \"x\"\n" + MINIMAL))
        .containsExactly("loble.toml:1:1: id: the id belongs at the top of -conf, or in LB_ID");
  }

  @Test
  void null_in_json_is_not_a_value() {
    assertThat(errors(MINIMAL, new JsonObject("{\"admin\":{\"address\":null}}"), Map.of()))
        .containsExactly(
            "-conf: overrides.admin.address: expected host:port, such as \"0.0.0.0:9000\","
                + " with a port from 0 to 65535, found null");
  }
}
