package io.loble.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog();

  @Test
  void aBackendThatComesAndGoesDoesNotPushOutTheReload() {
    log.add(1, new JsonObject().put("type", "config.reload").put("what", "loble.toml"));
    for (int i = 0; i < 10_000; i++) {
      log.add(2 + i, new JsonObject().put("type", "backend.state").put("backend", "web-1"));
    }

    List<EventLog.Entry> kept = log.since(0);
    assertThat(kept).hasSize(1 + EventLog.MOST_STATES);
    assertThat(kept.get(0).event().getString("what")).isEqualTo("loble.toml");
    assertThat(kept.get(kept.size() - 1).millis()).isEqualTo(10_001);
  }

  @Test
  void aSourceThatFindsOthersAllNightDoesNotPushOutWhatItDid() {
    log.add(0, new JsonObject().put("type", "backend.state").put("backend", "web-1"));
    log.add(1, new JsonObject().put("type", "config.reload"));
    for (int i = 0; i < 10_000; i++) {
      log.add(
          2 + i,
          new JsonObject()
              .put("type", "discovery.changed")
              .put("source", "dns")
              .put("joined", 7)
              .put("left", 1)
              .put("joined_names", new JsonArray().add("10.0.0.1:80")));
    }

    List<EventLog.Entry> kept = log.since(0);
    assertThat(kept).hasSize(2 + EventLog.MOST_FINDS);
    assertThat(kept.get(2).event().encode())
        .isEqualTo("{\"type\":\"discovery.changed\",\"source\":\"dns\",\"joined\":7,\"left\":1}");
  }

  @Test
  void longEventsAreKeptInShort() {
    JsonObject event =
        new JsonObject()
            .put("type", "config.refused")
            .put("what", "x".repeat(10_000))
            .put("before", 7)
            .put("steps", new JsonArray().add("x".repeat(10_000)));
    for (int i = 0; i < 10_000; i++) {
      log.add(i, event);
    }
    List<EventLog.Entry> kept = log.since(0);
    assertThat(kept).hasSize(EventLog.MOST_OTHERS);
    assertThat(kept.get(0).event().fieldNames()).containsExactly("type", "what");
    assertThat(kept.get(0).event().getString("what")).hasSize(201);
  }

  @Test
  void anAttackOfADayDoesNotPushOutTheReloadBeforeIt() {
    log.add(0, new JsonObject().put("type", "config.reload"));
    for (int i = 0; i < 1_440; i++) {
      log.add(i, new JsonObject().put("type", "clients.refused").put("detail", "5 clients"));
    }
    assertThat(log.since(0))
        .hasSize(1 + EventLog.MOST_REFUSALS)
        .anyMatch(entry -> entry.event().getString("type").equals("config.reload"));
  }

  @Test
  void charactersAreBoundedToo() {
    JsonObject event = new JsonObject();
    for (String member :
        List.of("type", "who", "what", "pool", "backend", "from", "to", "detail")) {
      // Written as six characters in JSON.
      event.put(member, "\u0001".repeat(200));
    }
    for (int i = 0; i < 1_000; i++) {
      log.add(i, event);
    }
    int characters = log.since(0).stream().mapToInt(e -> e.event().encode().length()).sum();
    assertThat(characters).isPositive().isLessThanOrEqualTo(EventLog.MOST_OTHER_CHARACTERS);
  }
}
