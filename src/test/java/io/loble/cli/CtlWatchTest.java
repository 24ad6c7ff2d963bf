package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live view. */
class CtlWatchTest {

  private static final String REQUEST = "GET /api/v1/status";
  private static final String UNKNOWN = "-  +-  +-  +-";
  private static final String RATES = "[1-9]\\S*  +0  +[1-9]\\S* [KMG]iB  +[1-9]\\S* [KMG]iB";

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
  void ratesFromTheSecondLookOn() {
    admin.answer(REQUEST, status(1_000, "healthy")).answer(REQUEST, status(2_000, "unhealthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "2");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("listener  address    pool     active  accepted/s  rejected/s\n")
        .contains("pool default, rr\n")
        .containsPattern("\na +1  healthy +7  +" + UNKNOWN + "\n")
        .containsPattern("\na +1  unhealthy +7  +" + RATES + "\n")
        .doesNotContain("\u001b");
    assertThat(admin.received()).hasSize(2);
  }

  @Test
  void aBalancerThatWasStartedAgain() {
    admin.answer(REQUEST, status(2_000, "healthy")).answer(REQUEST, status(1_000, "healthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "2");
    assertThat(Pattern.compile("healthy +7  +-  +0  +-  +-\n").matcher(answer.out()).results())
        .hasSize(1);
  }

  @Test
  void aBalancerThatIsAwayForAWhile() {
    JsonObject stopping = new JsonObject().put("detail", "the process is stopping");
    admin
        .answer(REQUEST, status(1_000, "healthy"))
        .problem(REQUEST, 503, stopping)
        .answer(REQUEST, status(2_000, "healthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "3");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .containsSubsequence("healthy", "the process is stopping\n(trying again)\n\n", "healthy")
        .containsPattern("healthy +7  +" + RATES + "\n");
  }

  @Test
  void nobodyThere() {
    String address = admin.address();
    admin.close();
    Ctl.Answer answer = Ctl.bare("watch", "--admin", address, "--interval", "1ms", "--count", "2");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).containsSubsequence("cannot reach", "cannot reach", "(trying again)");
  }

  @Test
  void lookingAgainIsNoUse() {
    admin.problem(REQUEST, 401, new JsonObject().put("detail", "a token is needed"));
    assertThat(Ctl.run(admin, "watch")).isEqualTo(new Ctl.Answer(1, "", "a token is needed\n"));
  }

  @Test
  void inPlaceOnATerminal() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    String out = Ctl.runOnTerminal(admin, "watch", "--interval", "1ms", "--count", "2").out();
    assertThat(out)
        .startsWith("\u001b[Hlb-1: ")
        .containsSubsequence("\u001b[32mhealthy\u001b[0m", "\u001b[J\u001b[H", "\u001b[32mhealthy")
        .endsWith("\u001b[K\n\u001b[J")
        .doesNotContainPattern("[^K]\n");
  }

  @Test
  void plainOnATerminal() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    assertThat(Ctl.runOnTerminal(admin, "watch", "--plain", "--count", "1").out())
        .startsWith("lb-1: ")
        .doesNotContain("\u001b");
  }

  @Test
  void endsWhenNobodyReadsAnyMore() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    assertThat(Ctl.runUnheard(admin, "watch")).isZero();
    assertThat(admin.received()).hasSize(1);
  }

  @Test
  void json() {
    admin
        .answer(REQUEST, status(1, "healthy"))
        .problem(REQUEST, 503, new JsonObject().put("detail", "stopping"));
    assertThat(Ctl.run(admin, "watch", "--json", "--interval", "1ms", "--count", "2").out())
        .isEqualTo(status(1, "healthy") + "\n{\"error\":\"stopping\"}\n");
  }

  private static String status(long count, String state) {
    JsonObject listener =
        new JsonObject()
            .put("name", "default")
            .put("address", "[::]:9000")
            .put("pool", "default")
            .put("accepted", count);
    JsonObject backend =
        new JsonObject()
            .put("name", "a")
            .put("address", "a")
            .put("state", state)
            .put("active", 7)
            .put("total", count)
            .put("bytes_to_backend", count * 1_000_000)
            .put("bytes_to_client", count * 2_000_000);
    JsonObject pool =
        new JsonObject()
            .put("name", "default")
            .put("algorithm", "rr")
            .put("backends", new JsonArray().add(backend));
    return new JsonObject()
        .put("id", "lb-1")
        .put("listeners", new JsonArray().add(listener))
        .put("pools", new JsonArray().add(pool))
        .encode();
  }
}
