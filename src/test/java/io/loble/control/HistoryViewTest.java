package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.history.HistoryPage;
import io.loble.history.HistoryPage.Line;
import io.loble.history.HistoryQuery;
import io.loble.history.HistoryRange;
import io.loble.history.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryViewTest {

  private static final HistoryQuery DAY =
      new HistoryQuery(HistoryRange.DAY, new Scope.OfPool("web"), 0);

  @Test
  void valuesAreAsShortAsCanBe() {
    float[] values = {0, 12, 0.12345f, 1234.567f, Float.NaN, (float) 3e10};

    JsonObject json = HistoryView.of(DAY, page(List.of(new Line("accepted", "1/s", values))));

    assertThat(json.encode())
        .isEqualTo(
            """
            {"range":"1d","pool":"web","step_ms":60000,"start":60000,"end":420000,\
            "series":[{"name":"accepted","unit":"1/s",\
            "values":[0,12,0.123,1235,null,30000001024]}],"events":[]}""");
  }

  /** The documentation says so: 15 series of a day, and as many events as are kept. */
  @Test
  void anAnswerHasAtMostOneMebibyte() {
    float[] values = new float[HistoryRange.DAY.slots()];
    Arrays.fill(values, (float) 1.2e14);
    List<Line> lines = Collections.nCopies(15, new Line("bytes_to_backend", "B/s", values));
    JsonObject event = new JsonObject().put("what", "x".repeat(1_000));
    List<JsonObject> events = Collections.nCopies(384, event);

    JsonObject json = HistoryView.of(DAY, new HistoryPage(HistoryRange.DAY, 0, 1, lines, events));

    assertThat(json.getJsonArray("series")).hasSize(15);
    assertThat(json.encode()).hasSizeLessThan(1 << 20);
  }

  @Test
  void whatItIsOfIsSaid() {
    HistoryQuery backend =
        new HistoryQuery(HistoryRange.HOUR, new Scope.OfBackend("web", "one"), 0);

    JsonObject json = HistoryView.of(backend, page(List.of()));

    assertThat(json.getString("pool")).isEqualTo("web");
    assertThat(json.getString("backend")).isEqualTo("one");
    assertThat(json.getJsonArray("events")).isEqualTo(new JsonArray());
  }

  private static HistoryPage page(List<Line> lines) {
    return new HistoryPage(HistoryRange.DAY, 60_000, 420_000, lines, List.of());
  }
}
