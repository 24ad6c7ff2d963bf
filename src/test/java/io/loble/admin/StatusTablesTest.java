package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page without JavaScript: nothing in it is markup but its own, and it has an end. */
class StatusTablesTest {

  private static final String MARKUP = "<script>alert('1 & \"2\"')</script>";

  @Test
  void whatTheStatusSaysIsTextWhateverItIs() {
    JsonObject status = status(1);
    status.put("id", MARKUP).put("version", MARKUP);
    status
        .getJsonObject("config")
        .put("error", MARKUP)
        .put("differs", new JsonArray().add(new JsonObject().put("text", MARKUP)));
    JsonObject pool = status.getJsonArray("pools").getJsonObject(0).put("name", MARKUP);
    pool.put("algorithm", MARKUP);
    JsonObject backend = pool.getJsonArray("backends").getJsonObject(0);
    for (String field : new String[] {"name", "address", "state", "since", "why", "source"}) {
      backend.put(field, MARKUP);
    }
    JsonObject source = new JsonObject().put("backends", 1);
    for (String field : new String[] {"source", "of", "state", "since", "detail"}) {
      source.put(field, MARKUP);
    }
    pool.put("discovery", new JsonArray().add(source));

    String html = new StatusTables(status).html();

    assertThat(html)
        .doesNotContain("<script", "alert('", "\"2\"")
        .contains("&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;");
  }

  @Test
  void itHasSoManyRowsAndSaysHowManyItLeavesOut() {
    JsonObject status = status(StatusTables.MOST_ROWS + 7);
    JsonArray backends = status.getJsonArray("pools").getJsonObject(0).getJsonArray("backends");
    backends.getJsonObject(StatusTables.MOST_ROWS + 6).put("state", "unhealthy");

    String html = new StatusTables(status).html();

    assertThat(html.split("<tr data-state", -1)).hasSize(StatusTables.MOST_ROWS + 1 + 1);
    assertThat(html).contains("And 7 more");
    // What is out of rotation is not among those that are left out.
    assertThat(html.indexOf("backend-" + (StatusTables.MOST_ROWS + 6) + "<"))
        .isBetween(0, html.indexOf("backend-0<"));
  }

  @Test
  void aPoolThatGetsRequestsSaysHowTheyWereAnswered() {
    JsonObject status = status(1);
    assertThat(new StatusTables(status).html()).doesNotContain("requests");
    JsonObject codes = new JsonObject().put("2xx", 7).put("4xx", 0).put("none", 2);
    status
        .getJsonArray("pools")
        .getJsonObject(0)
        .put("requests", new JsonObject().put("total", 9).put("codes", codes));

    assertThat(new StatusTables(status).html())
        .contains("1 of 1 in rotation, 9 requests: 7 2xx, 2 none</p>");
  }

  @Test
  void whatAPoolFindsBackendsByIsAboveThem() {
    JsonObject status = status(2);
    assertThat(new StatusTables(status).html()).doesNotContain("found by");
    JsonObject pool = status.getJsonArray("pools").getJsonObject(0);
    pool.getJsonArray("backends").getJsonObject(1).put("source", "dns");
    JsonObject source =
        new JsonObject()
            .put("source", "dns")
            .put("of", "db.internal:5432")
            .put("state", "not_found")
            .put("since", "2026-01-02T03:04:05.678Z")
            .put("detail", "no such name")
            .put("backends", 1);
    pool.put("discovery", new JsonArray().add(source));

    assertThat(new StatusTables(status).html())
        .contains(
            """
            <tr data-state="not_found"><td>dns<td>db.internal:5432<td>not found\
            <td>2026-01-02T03:04:05.678Z<td>no such name<td class="number">1
            """)
        .contains("<td>backend-0<td>10.0.0.1:80<td>")
        .contains("<td>backend-1<td>10.0.0.1:80 (found by dns)<td>");
  }

  private static JsonObject status(int backends) {
    JsonArray all = new JsonArray();
    IntStream.range(0, backends).forEach(number -> all.add(backend(number)));
    JsonObject listener =
        new JsonObject()
            .put("name", "main")
            .put("address", "0.0.0.0:80")
            .put("pool", "default")
            .put("active", 1)
            .put("accepted", 5)
            .put("rejected", 2)
            .put("rejected_by", new JsonObject().put("no_backend", 2).put("limit", 0));
    return new JsonObject()
        .put("id", "lb")
        .put("version", "1")
        .put("uptime_ms", 1000L)
        .put("draining", false)
        .put(
            "config",
            new JsonObject().put("version", 1).put("differs", new JsonArray()).putNull("error"))
        .put("listeners", new JsonArray().add(listener))
        .put(
            "pools",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("name", "default")
                        .put("algorithm", "random")
                        .put("discovery", new JsonArray())
                        .put("backends", all)));
  }

  private static JsonObject backend(int number) {
    return new JsonObject()
        .put("name", "backend-" + number)
        .put("address", "10.0.0.1:80")
        .put("weight", 1)
        .put("state", "healthy")
        .put("mode", "ready")
        .putNull("since")
        .putNull("why")
        .put("source", "configuration")
        .put("active", 0)
        .put("failures", 0)
        .put("total", 0);
  }
}
