package io.loble.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a scenario is said before anything starts: all of it, and what is right. */
class BadScenarioTest {

  private static List<String> errors(String text) {
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> Scenario.read("bad.json", text));
    assertThat(failure).as("no error in %s", text).isNotNull();
    return failure.errors().stream().map(ConfigError::toString).toList();
  }

  private static List<String> errorsOfStep(String step) {
    return errors("{\"servers\": [{\"id\": \"server-1\"}], \"steps\": [" + step + "]}");
  }

  @Test
  void notJson() {
    assertThat(errors("steps:"))
        .singleElement()
        .asString()
        .startsWith("bad.json: not a JSON object");
  }

  @Test
  void allErrorsAtOnce() {
    assertThat(
            errors(
                """
                {
                  "nam": "x",
                  "balancer": {"balancer": {"algorithm": "best"}},
                  "servers": [
                    {"id": "server-1", "settings": {"delay_ms": -1}},
                    {"id": "server-1"}
                  ],
                  "steps": [
                    {"do": "explode"},
                    {"do": "kill", "server": "server-9"},
                    {"do": "expect", "that": {"server-1.colour": "red"}}
                  ]
                }
                """))
        .anyMatch(e -> e.contains("nam: unknown key") && e.contains("'name'"))
        .anyMatch(e -> e.contains("balancer.algorithm") && e.contains("round_robin"))
        .anyMatch(e -> e.contains("servers[0].settings.delay_ms"))
        .anyMatch(e -> e.contains("servers[1].id") && e.contains("another server's"))
        .anyMatch(e -> e.contains("steps[0].do") && e.contains("kill"))
        .anyMatch(e -> e.contains("steps[1].server") && e.contains("known: server-1"))
        .anyMatch(e -> e.contains("server-1.colour") && e.contains("state"))
        .hasSize(7);
  }

  @Test
  void nothingToPlay() {
    assertThat(errors("{}"))
        .anyMatch(e -> e.contains("servers: must be an array"))
        .anyMatch(e -> e.contains("steps: is missing"));
    assertThat(errors("{\"servers\": [{}], \"steps\": []}"))
        .singleElement()
        .asString()
        .contains("steps: is missing or empty");
  }

  @Test
  void clientsThatNobodyHasStarted() {
    assertThat(errorsOfStep("{\"do\": \"stop_clients\", \"clients\": \"mix\"}"))
        .singleElement()
        .asString()
        .contains("steps[0].clients", "\"mix\"");
  }

  @Test
  void clientsThatNeverEnd() {
    assertThat(
            errorsOfStep(
                "{\"do\": \"clients\", \"settings\": {\"rate\": 1}}, {\"do\": \"await_clients\"}"))
        .singleElement()
        .asString()
        .contains("steps[1].clients", "have no duration");
  }

  @Test
  void settingsOfServersThatCannotBeChanged() {
    assertThat(
            errorsOfStep(
                "{\"do\": \"set\", \"server\": \"server-1\", \"settings\": {\"port\": 1, \"hang_ms\": -1}}"))
        .anyMatch(e -> e.contains("steps[0].settings.port: is fixed when the server starts"))
        .anyMatch(e -> e.contains("steps[0].settings.hang_ms: expected an integer"))
        .hasSize(2);
  }

  @Test
  void settingsOfClients() {
    assertThat(
            errorsOfStep("{\"do\": \"clients\", \"settings\": {\"target\": \"a:1\", \"rate\": 0}}"))
        .anyMatch(e -> e.contains("settings.target"))
        .anyMatch(e -> e.contains("settings.rate"));
  }

  @Test
  void expectationsThatSayNothing() {
    assertThat(errorsOfStep("{\"do\": \"expect\"}")).anyMatch(e -> e.contains("that: is missing"));
    assertThat(
            errorsOfStep("{\"do\": \"expect\", \"that\": {\"server-1.active\": {\"least\": 1}}}"))
        .anyMatch(e -> e.contains("{\"min\": 1, \"max\": 10}"));
    assertThat(errorsOfStep("{\"do\": \"expect\", \"that\": {\"nobody.active\": 1}}"))
        .anyMatch(e -> e.contains("server-1, pool.default, balancer"));
  }

  @Test
  void poolsThatAreNotThere() {
    assertThat(errorsOfStep("{\"do\": \"expect\", \"that\": {\"pool.other.waiting\": 0}}"))
        .singleElement()
        .asString()
        .contains("pool.default");
    assertThat(errorsOfStep("{\"do\": \"expect\", \"that\": {\"pool.default.state\": 0}}"))
        .singleElement()
        .asString()
        .contains("panic, queue_timeouts, retries, retries_refused, waiting");
    assertThat(
            errorsOfStep(
                "{\"do\": \"clients\", \"name\": \"pool.default\", \"settings\": {\"rate\": 1}}"))
        .singleElement()
        .asString()
        .contains("is taken");
  }

  @Test
  void aWaitWithoutTime() {
    assertThat(errorsOfStep("{\"do\": \"wait\"}")).anyMatch(e -> e.contains("for: is missing"));
    assertThat(errorsOfStep("{\"do\": \"wait\", \"for\": \"soon\"}"))
        .anyMatch(e -> e.contains("steps[0].for: expected a duration"));
  }
}
