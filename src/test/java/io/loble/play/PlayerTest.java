package io.loble.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scenarios that are as they should be pass, and no others. */
class PlayerTest {

  private final List<String> told = new ArrayList<>();

  private Optional<String> play(String servers, String... steps) throws ConfigException {
    return playOn(
        "{\"health\": {\"failure_threshold\": 1, \"success_threshold\": 1,"
            + " \"active\": {\"interval\": \"100ms\"}}}",
        servers,
        steps);
  }

  private Optional<String> playOn(String balancer, String servers, String... steps)
      throws ConfigException {
    String text =
        "{\"balancer\": "
            + balancer
            + ", \"servers\": ["
            + servers
            + "], \"steps\": ["
            + String.join(",", steps)
            + "]}";
    return new Player(told::add).play(Scenario.read("test.json", text));
  }

  private Optional<String> playWithTwo(String... steps) throws ConfigException {
    return play("{\"id\": \"a\"}, {\"id\": \"b\"}", steps);
  }

  @Test
  void aServerDiesAndComesBack() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"kill\", \"server\": \"b\"}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"b.state\": \"unhealthy\", \"a.state\": \"healthy\"}}",
                "{\"do\": \"start\", \"server\": \"b\"}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"during\": \"200ms\", \"that\": {\"b.state\": \"healthy\"}}"))
        .isEmpty();
    assertThat(told).anyMatch(line -> line.contains("kill b")).last().asString().contains("passed");
  }

  @Test
  void whatIsNotSeenFails() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"mark\"}",
                "{\"do\": \"expect\", \"within\": \"100ms\", \"that\": {\"b.state\": \"unhealthy\", \"balancer.active\": 0}}"))
        .contains("in step 2: b.state healthy, expected unhealthy");
    assertThat(told).last().asString().contains("FAILED in step 2");
  }

  @Test
  void whatDoesNotLastFails() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"clients\", \"settings\": {\"rate\": 1}}",
                "{\"do\": \"expect\", \"during\": \"60s\", \"that\": {\"balancer.accepted\": {\"max\": 2}}}"))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("in step 2: no more: balancer.accepted "));
  }

  @Test
  void countingBeginsAnewAtAMark() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"clients\", \"name\": \"c\", \"settings\": {\"rate\": 100, \"duration\": \"500ms\"}}",
                "{\"do\": \"await_clients\", \"clients\": \"c\"}",
                "{\"do\": \"expect\", \"that\": {\"c.started\": {\"min\": 10}, \"c.wrong_answers\": 0, \"a.share\": {\"min\": 40, \"max\": 60}, \"balancer.spread\": {\"max\": 1}}}",
                "{\"do\": \"mark\"}",
                "{\"do\": \"expect\", \"that\": {\"c.started\": 0, \"a.connections\": 0, \"a.share\": 0, \"balancer.accepted\": 0, \"a.accepted\": {\"min\": 5}}}"))
        .isEmpty();
  }

  @Test
  void theCountersOfARemovedBackendStayAsTheyWere() throws ConfigException {
    String clients =
        "{\"do\": \"clients\", \"name\": \"%s\", \"settings\": {\"rate\": 100, \"duration\": \"300ms\"}}";
    String end = "{\"do\": \"await_clients\", \"clients\": \"%s\"}";
    String some = "{\"do\": \"expect\", \"that\": {\"b.connections\": {\"min\": 5}}}";
    String remove =
        "{\"do\": \"command\", \"send\": {\"command\": \"backend.remove\", \"name\": \"b\", \"timeout\": \"0s\"}}";
    String gone =
        "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"b.state\": \"absent\", \"b.connections\": %s}}";
    String add =
        "{\"do\": \"command\", \"send\": {\"command\": \"backend.add\", \"name\": \"b\", \"address\": \"${b}\"}}";
    assertThat(
            playWithTwo(
                clients.formatted("c"),
                end.formatted("c"),
                some,
                "{\"do\": \"mark\"}",
                remove,
                gone.formatted("0"),
                add,
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"b.state\": \"healthy\", \"b.connections\": 0}}",
                clients.formatted("d"),
                end.formatted("d"),
                some,
                remove,
                gone.formatted("{\"min\": 5}")))
        .isEmpty();
  }

  @Test
  void whyClientsAreTurnedAway() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"kill\", \"server\": \"a\"}",
                "{\"do\": \"kill\", \"server\": \"b\"}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"a.state\": \"unhealthy\", \"b.state\": \"unhealthy\"}}",
                "{\"do\": \"clients\", \"settings\": {\"rate\": 100, \"duration\": \"300ms\"}}",
                "{\"do\": \"await_clients\"}",
                "{\"do\": \"expect\", \"that\": {\"balancer.rejected_no_backend\": {\"min\": 10}, \"balancer.rejected_connect_failed\": 0}}",
                "{\"do\": \"mark\"}",
                "{\"do\": \"expect\", \"that\": {\"balancer.rejected_no_backend\": 0}}"))
        .isEmpty();
  }

  @Test
  void aPoolCountsWhatItsBackendsDoAlsoWhenOneIsGone() throws ConfigException {
    String counted =
        "{\"do\": \"expect\", \"that\": {\"pool.default.retries\": {\"min\": 5, \"max\": 40}, \"pool.default.retries_refused\": 0, \"pool.default.failures\": {\"min\": 5}, \"pool.default.connections\": {\"min\": 10}, \"pool.default.waiting\": 0, \"pool.default.panic\": false}}";
    assertThat(
            playOn(
                "{\"health\": {\"failure_threshold\": 1000, \"active\": {\"enabled\": false}},"
                    + " \"pools\": {\"default\": {\"retries\": 1, \"retry_budget\": 1.0}}}",
                "{\"id\": \"a\", \"running\": false}, {\"id\": \"b\"}",
                "{\"do\": \"clients\", \"settings\": {\"rate\": 40, \"duration\": \"1s\", \"weights\": {\"fire_and_forget\": 1}}}",
                "{\"do\": \"await_clients\"}",
                counted,
                "{\"do\": \"command\", \"send\": {\"command\": \"backend.remove\", \"name\": \"a\", \"timeout\": \"0s\"}}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"a.state\": \"absent\"}}",
                counted,
                "{\"do\": \"mark\"}",
                "{\"do\": \"expect\", \"that\": {\"pool.default.retries\": 0, \"pool.default.failures\": 0, \"pool.default.connections\": 0}}"))
        .isEmpty();
  }

  @Test
  void clientsThatWaitForRoomAreSeen() throws ConfigException {
    assertThat(
            playOn(
                "{\"pools\": {\"default\": {\"queue\": {\"max\": 2, \"timeout\": \"1s\"}}}}",
                "{\"id\": \"a\", \"backend\": {\"max_connections\": 1}}",
                "{\"do\": \"clients\", \"settings\": {\"connections\": 3, \"weights\": {\"idle\": 1}}}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"pool.default.waiting\": 2}}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"pool.default.queue_timeouts\": {\"min\": 2}, \"balancer.rejected_queue_timeout\": {\"min\": 2}}}"))
        .isEmpty();
  }

  @Test
  void whatKeepsABackendOutIsCountedAndAPanicIsSeen() throws ConfigException {
    assertThat(
            playOn(
                "{\"pools\": {\"default\": {\"panic_threshold\": 0.6}}}",
                "{\"id\": \"a\"}, {\"id\": \"b\"}",
                "{\"do\": \"expect\", \"that\": {\"b.ejections\": 0, \"b.circuit_openings\": 0, \"pool.default.panic\": false}}",
                "{\"do\": \"command\", \"send\": {\"command\": \"backend.eject\", \"name\": \"b\", \"time\": \"1h\"}}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"b.state\": \"ejected\", \"b.ejections\": 1, \"pool.default.panic\": true}}",
                "{\"do\": \"mark\"}",
                "{\"do\": \"expect\", \"that\": {\"b.ejections\": 0, \"pool.default.panic\": false}}"))
        .contains("in step 5: pool.default.panic true, expected false");
  }

  @Test
  void countersSaySinceWhenTheyCount() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"expect\", \"that\": {\"a.connections\": 0}}",
                "{\"do\": \"clients\", \"name\": \"c\", \"settings\": {\"rate\": 100, \"duration\": \"300ms\"}}",
                "{\"do\": \"await_clients\", \"clients\": \"c\"}",
                "{\"do\": \"mark\", \"at\": \"1s\"}",
                "{\"do\": \"expect\", \"that\": {\"c.failed\": 0, \"c.wrong_answers\": 0}}",
                "{\"do\": \"expect\", \"that\": {\"c.started\": 1}}"))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .matches(
                        "in step 6: c.started 0 \\(since the mark at \\d+\\.\\d s\\), expected 1"));
    assertThat(told)
        .anyMatch(line -> line.endsWith("  ok  a.connections 0"))
        .anyMatch(line -> line.matches(".* whole run: \\d+ started, .*"))
        .anyMatch(
            line ->
                line.matches(
                    ".*  ok  c.failed 0 \\(since the mark at \\d+\\.\\d s\\), c.wrong_answers 0"));
  }

  @Test
  void whatCannotBeStartedIsAFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String server = "{\"id\": \"a\", \"settings\": {\"port\": " + taken.getLocalPort() + "}}";
      assertThat(play(server, "{\"do\": \"mark\"}"))
          .hasValueSatisfying(
              why -> assertThat(why).startsWith("could not be played: [a] cannot listen on"));
    }
    assertThat(
            playWithTwo(
                "{\"do\": \"clients\", \"listener\": \"none\", \"settings\": {\"duration\": \"1s\"}}"))
        .contains("in step 1: no listener \"none\"");
  }

  @Test
  void commandsAreCarriedOutOrRefusedAsExpected() throws ConfigException {
    String spare = "{\"id\": \"a\"}, {\"id\": \"spare\", \"pool\": \"none\"}";
    String add =
        "{\"do\": \"command\", \"send\": {\"command\": \"backend.add\", \"name\": \"spare\", \"address\": \"${spare}\"}";
    assertThat(
            play(
                spare,
                "{\"do\": \"expect\", \"that\": {\"spare.state\": \"absent\"}}",
                add + "}",
                "{\"do\": \"expect\", \"within\": \"20s\", \"that\": {\"spare.state\": \"healthy\"}}",
                add + ", \"refused\": 409}"))
        .isEmpty();
    assertThat(play(spare, add + ", \"refused\": 409}"))
        .contains("in step 1: the command was carried out, where it should be refused with 409");
    assertThat(play(spare, add + "}", add + "}"))
        .hasValueSatisfying(why -> assertThat(why).startsWith("in step 2: refused with 409"));
  }

  @Test
  void stepsBeginNoSoonerThanTheySay() throws ConfigException {
    assertThat(
            playWithTwo(
                "{\"do\": \"mark\", \"at\": \"300ms\"}", "{\"do\": \"mark\", \"at\": \"100ms\"}"))
        .isEmpty();
    assertThat(told.stream().filter(line -> line.contains("mark")).map(String::strip))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(Double.parseDouble(line.substring(0, line.indexOf(" "))))
                    .isGreaterThanOrEqualTo(0.3));
  }
}
