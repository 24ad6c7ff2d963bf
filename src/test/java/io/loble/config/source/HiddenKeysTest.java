package io.loble.config.source;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys of a file that something later wins over: they are told, and what is wrong with them is. */
class HiddenKeysTest {

  private static final String OTHER_LISTENER = "{\"listener\": {\"address\": \"127.0.0.1:9001\"}}";

  @Test
  void nothing_is_hidden_by_nothing() throws ConfigException {
    assertThat(hidden(MINIMAL, "{}", Map.of())).isEmpty();
  }

  @Test
  void a_key_that_overrides_have_is_hidden_and_others_beside_it_are_not() throws ConfigException {
    String toml = MINIMAL + "[timeouts]\nidle = \"5m\"\ndrain = \"9s\"\n";
    assertThat(hidden(toml, "{\"timeouts\": {\"idle\": \"1m\", \"connect\": \"1s\"}}", Map.of()))
        .containsExactly("timeouts.idle by -conf overrides.timeouts.idle");
  }

  @Test
  void arrays_are_hidden_as_a_whole() throws ConfigException {
    assertThat(hidden(MINIMAL, "{\"backends\": [{\"address\": \"10.0.0.9:80\"}]}", Map.of()))
        .containsExactly("backends by -conf overrides.backends");
  }

  @Test
  void the_other_form_of_a_key_hides_it_too() throws ConfigException {
    String pools = "{\"pools\": {\"default\": {\"backends\": [{\"address\": \"10.0.0.9:80\"}]}}}";
    assertThat(hidden(MINIMAL, pools, Map.of()))
        .containsExactly("backends by -conf overrides.pools.default.backends");
    String listeners =
        """
        [[listeners]]
        name = "web"
        address = "0.0.0.0:9002"
        [[listeners]]
        name = "default"
        address = "0.0.0.0:9000"
        [[pools.default.backends]]
        address = "10.0.0.1:80"
        """;
    assertThat(hidden(listeners, OTHER_LISTENER, Map.of("LB_BACKENDS", "10.0.0.9:80")))
        .containsExactly(
            "listeners[1] by -conf overrides.listener",
            "pools.default.backends by environment LB_BACKENDS");
    String array = "{\"listeners\": [{\"name\": \"default\", \"address\": \"0.0.0.0:9003\"}]}";
    assertThat(hidden(MINIMAL, array, Map.of()))
        .containsExactly("listener by -conf overrides.listeners");
  }

  @Test
  void every_variable_is_named_for_what_it_hides() throws ConfigException {
    String toml =
        MINIMAL
            + "[balancer]\nalgorithm = \"rr\"\nretries = 2\n"
            + "[health.active]\ninterval = \"1s\"\ntimeout = \"1s\"\n"
            + "[pools.default]\nalgorithm = \"lc\"\nretries = 3\n";
    Map<String, String> env =
        Map.of(
            "LB_PORT", "9009",
            "LB_BACKENDS", "10.0.0.9:80",
            "LB_ALGO", "rand",
            "LB_HEALTH_INTERVAL", "2");
    assertThat(hidden(toml, "{}", env))
        .containsExactlyInAnyOrder(
            "listener.address by environment LB_PORT",
            "backends by environment LB_BACKENDS",
            "balancer.algorithm by environment LB_ALGO",
            "pools.default.algorithm by environment LB_ALGO",
            "health.active.interval by environment LB_HEALTH_INTERVAL");
  }

  @Test
  void a_key_is_told_once_with_the_last_that_wins() throws ConfigException {
    assertThat(hidden(MINIMAL, OTHER_LISTENER, Map.of("LB_PORT", "9009")))
        .containsExactly("listener.address by environment LB_PORT");
  }

  @Test
  void what_is_wrong_with_a_hidden_key_is_an_error() {
    String toml = MINIMAL.replace("0.0.0.0:9000", "0.0.0.0").replace("10.0.0.1", "10.0.0.010");
    JsonObject overrides =
        new JsonObject(OTHER_LISTENER)
            .put("backends", List.of(new JsonObject().put("address", "10.0.0.9:80")));
    assertThat(errors(toml, overrides, Map.of()))
        .hasSize(2)
        .anySatisfy(e -> assertThat(e).startsWith("loble.toml:2:1: listener.address: expected"))
        .anySatisfy(
            e -> assertThat(e).startsWith("loble.toml:4:1: backends[0].address: \"10.0.0.010\""));
  }

  @Test
  void an_unknown_key_in_a_hidden_table_is_an_error() {
    String toml = MINIMAL + "wieght = 3\n";
    JsonObject overrides = new JsonObject("{\"backends\": [{\"address\": \"10.0.0.9:80\"}]}");
    assertThat(errors(toml, overrides, Map.of()))
        .containsExactly("loble.toml:5:1: backends[0].wieght: unknown key; did you mean 'weight'?");
    assertThat(errors(toml, new JsonObject(), Map.of("LB_BACKENDS", "10.0.0.9:80")))
        .containsExactly("loble.toml:5:1: backends[0].wieght: unknown key; did you mean 'weight'?");
  }

  @Test
  void what_is_wrong_with_overrides_is_an_error_where_the_environment_hides_it() {
    JsonObject overrides = new JsonObject("{\"listener\": {\"address\": \"here\"}}");
    assertThat(errors(MINIMAL, overrides, Map.of("LB_PORT", "9009")))
        .singleElement()
        .asString()
        .startsWith("-conf: overrides.listener.address: expected host:port");
  }

  @Test
  void a_file_that_is_whole_only_with_what_comes_later_is_none_the_worse() {
    JsonObject overrides = new JsonObject(OTHER_LISTENER);
    assertThat(errors("[balancer]\nretries = 1\n", overrides, Map.of("LB_BACKENDS", "a:1")))
        .isEmpty();
    assertThat(errors("[listener]\nreuse_port = true\n", overrides, Map.of("LB_BACKENDS", "a:1")))
        .isEmpty();
    String probe = MINIMAL + "[health.active]\ntype = \"expect\"\n";
    JsonObject text = new JsonObject("{\"health\": {\"active\": {\"expect\": \"+PONG\"}}}");
    assertThat(errors(probe, text, Map.of())).isEmpty();
    String others = MINIMAL + "[admin]\naddress = \"0.0.0.0:9001\"\n";
    JsonObject local = new JsonObject("{\"admin\": {\"address\": \"127.0.0.1:9001\"}}");
    assertThat(errors(others, local, Map.of())).isEmpty();
  }

  private static List<String> hidden(String toml, String overrides, Map<String, String> env)
      throws ConfigException {
    LaunchOptions launch = launch(new JsonObject(overrides), env);
    return ConfigLoader.plan(launch, env, "plan", toml).hidden().stream()
        .map(key -> key.key() + " by " + key.by())
        .toList();
  }
}
