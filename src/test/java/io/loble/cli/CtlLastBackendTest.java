package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes the last usable backend of a pool away is told so before it is done. */
class CtlLastBackendTest {

  private static final String WARNING =
      "warning: a is the last usable backend of pool blue; new clients will be refused.\n";

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
    String backend = "/api/v1/pools/blue/backends/a";
    admin.answer("PATCH " + backend, "{}").answer("DELETE " + backend, "{}");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain a", "maintenance a", "rm a", "weight a 0"})
  void withoutATerminalItIsDoneWithAWarning(String line) {
    others("unhealthy", 1);
    Ctl.Answer answer = run(line);
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEqualTo(WARNING);
    assertThat(admin.last().method()).isNotEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready a", "weight a 3", "drain a --yes", "rm -y a"})
  void otherwiseNothingIsSaid(String line) {
    others("unhealthy", 1);
    assertThat(run(line).err()).isEmpty();
  }

  @Test
  void anotherTakesOver() {
    others("healthy", 1);
    assertThat(run("drain a").err()).isEmpty();
  }

  @Test
  void anotherWithoutWeightDoesNot() {
    others("healthy", 0);
    assertThat(run("drain a").err()).isEqualTo(WARNING);
  }

  @Test
  void oneThatIsNotUsableIsNotTheLast() {
    admin.answer(
        "GET /api/v1/pools/blue",
        "{\"backends\": [{\"name\": \"a\", \"state\": \"unhealthy\"},"
            + " {\"name\": \"b\", \"state\": \"healthy\"}]}");
    assertThat(run("rm a").err()).isEmpty();
  }

  @Test
  void asJson() {
    others("draining", 1);
    JsonObject warning = new JsonObject(run("rm a --json").err());
    assertThat(warning.getString("title")).isEqualTo("Warning");
    assertThat(warning.getString("detail")).startsWith("a is the last usable backend");
  }

  private Ctl.Answer run(String line) {
    return Ctl.run(admin, (line + " pool=blue").split(" "));
  }

  private void others(String state, int weight) {
    admin.answer(
        "GET /api/v1/pools/blue",
        """
        {"backends": [{"name": "a", "state": "healthy", "weight": 2},
          {"name": "b", "state": "%s", "weight": %d}]}
        """
            .formatted(state, weight));
  }
}
