package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pool is meant where none is given. */
class CtlPoolTest {

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void theOneThatHasTheBackend() {
    pools(pool("default", "a"), pool("blue", "b c"));
    Ctl.run(admin, "ready", "b c");
    assertThat(admin.last().path()).isEqualTo("/api/v1/pools/blue/backends/b%20c");
  }

  @Test
  void severalHaveTheBackend() {
    pools(pool("default", "a"), pool("blue", "a"), pool("green", "b"));
    assertThat(Ctl.run(admin, "rm", "a"))
        .isEqualTo(
            new Ctl.Answer(
                2, "", "several pools have a backend \"a\"; give pool=, one of default, blue\n"));
    assertThat(admin.received()).hasSize(1);
  }

  @Test
  void noneHasTheBackend() {
    pools(pool("default", "a", "b"), pool("blue", "a"));
    assertThat(Ctl.run(admin, "rm", "x"))
        .isEqualTo(new Ctl.Answer(1, "", "no backend is called \"x\"; known: a, b\n"));
    assertThat(admin.received()).hasSize(1);
  }

  @Test
  void thereIsNoBackend() {
    pools(pool("default"));
    assertThat(Ctl.run(admin, "rm", "x").err())
        .isEqualTo("no backend is called \"x\"; there is none\n");
  }

  @Test
  void theUsualOne() {
    pools(pool("blue"), pool("default"));
    Ctl.run(admin, "algo", "lc");
    assertThat(admin.last().path()).isEqualTo("/api/v1/pools/default/algorithm");
  }

  @Test
  void theOnlyOne() {
    pools(pool("blue"));
    Ctl.run(admin, "add", "a:1");
    assertThat(admin.last().path()).isEqualTo("/api/v1/pools/blue/backends");
  }

  @Test
  void severalAndNoneOfThemUsual() {
    pools(pool("blue"), pool("green"));
    assertThat(Ctl.run(admin, "rebalance"))
        .isEqualTo(
            new Ctl.Answer(2, "", "there are several pools; give pool=, one of blue, green\n"));
  }

  @Test
  void noPool() {
    pools();
    assertThat(Ctl.run(admin, "rebalance")).isEqualTo(new Ctl.Answer(1, "", "there is no pool\n"));
  }

  /** Whatever it is escaped to, the path would be that of the pool. */
  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void noBackendIsCalledSo(String name) {
    assertThat(Ctl.run(admin, "rm", name, "pool=blue"))
        .isEqualTo(new Ctl.Answer(2, "", '"' + name + "\" is no name\n"));
    assertThat(admin.received()).isEmpty();
  }

  private void pools(JsonObject... pools) {
    JsonArray all = new JsonArray();
    for (JsonObject pool : pools) {
      all.add(pool);
    }
    admin.answer("GET /api/v1/pools", all.encode());
  }

  private static JsonObject pool(String name, String... backends) {
    JsonArray all = new JsonArray();
    for (String backend : backends) {
      all.add(new JsonObject(Map.of("name", backend)));
    }
    return new JsonObject().put("name", name).put("backends", all);
  }
}
