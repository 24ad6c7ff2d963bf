package io.loble.admin;

import static io.loble.admin.SampleHistory.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.HostPort;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a history answers to, over HTTP and over the event bus; one that nobody changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryAnswersTest {

  private SampleHistory sample;

  @BeforeAll
  void start() {
    sample = new SampleHistory();
  }

  @AfterAll
  void close() {
    if (sample != null) {
      sample.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"5m, 1000", "1h, 10000", "1d, 60000"})
  void everyRangeHasItsStep(String range, long step) {
    JsonObject history = sample.history("range=" + range);

    assertThat(history.getString("range")).isEqualTo(range);
    assertThat(history.getLong("step_ms")).isEqualTo(step);
    assertThat(history.getLong("start") % step).isZero();
    long slots = (history.getLong("end") - history.getLong("start")) / step;
    assertThat(slots).isPositive();
    for (Object series : history.getJsonArray("series")) {
      assertThat(((JsonObject) series).getJsonArray("values")).hasSize((int) slots);
    }
    assertThat(history.getLong("end") - System.currentTimeMillis()).isBetween(-10_000L, step);
  }

  @Test
  void whoHasTheRestAsksOnlyForWhatIsNew() {
    sample.awaitSeries("range=5m", "accepted", 3);
    JsonObject all = sample.history("range=5m");
    long since = all.getLong("end") - 1_000;

    JsonObject later = sample.history("range=5m&since=" + since);

    assertThat(later.getLong("start")).isEqualTo(since);
    assertThat(numbers(later, "accepted").size()).isLessThan(numbers(all, "accepted").size());
  }

  @Test
  void theBusSaysTheSame() {
    JsonObject reply = bus(new JsonObject().put("range", "1d").put("pool", "web"));

    assertThat(reply.getString("pool")).isEqualTo("web");
    assertThat(reply.fieldNames()).isEqualTo(sample.history("range=1d&pool=web").fieldNames());
    assertThatThrownBy(() -> bus(new JsonObject().put("range", "2h")))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({
    "range=2h, 400, 'range: expected one of 5m, 1h, 1d, found the string \"2h\"'",
    "since=soon, 400, 'since: expected an integer'",
    "listener=main&pool=web, 400, name one of them",
    "pool=wep, 404, 'there is no history of a pool \"wep\"; there is one of web'",
    "listener=x, 404, 'there is no history of a listener \"x\"; there is one of main'",
    "pool=web&backend=x, 404, there is one of",
    "step=1s, 400, unknown argument",
  })
  void whatCannotBeAnsweredIsSaid(String query, int status, String detail) {
    HttpResponse<String> response = sample.get(query);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Web.json(response).getString("detail")).contains(detail);
  }

  @Test
  void itIsAsGuardedAsTheStatus(@TempDir Path directory) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    HostPort guarded = sample.started(token.toString());

    assertThat(Web.get(guarded, "/api/v1/history").statusCode()).isEqualTo(401);
    assertThat(Web.get(guarded, "/api/v1/history", "Authorization", "Bearer s3cret").statusCode())
        .isEqualTo(200);
  }

  private JsonObject bus(JsonObject arguments) {
    JsonObject request = arguments.put("command", "history");
    return (JsonObject) sample.vertx().eventBus().request("loble.admin", request).await().body();
  }
}
