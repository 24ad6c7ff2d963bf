package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** A log line is a JSON object, on one line, whatever it is about. */
class JsonLayoutTest {

  private final LoggingEvent event = new LoggingEvent();

  JsonLayoutTest() {
    event.setLoggerName("loble.access");
    event.setLevel(Level.INFO);
    event.setInstant(Instant.parse("2026-11-22T06:00:00.123Z"));
  }

  private JsonObject line(String message) {
    event.setMessage(message);
    String line = new JsonLayout().doLayout(event);
    assertThat(line.lines()).hasSize(1);
    assertThat(line).endsWith(System.lineSeparator());
    return new JsonObject(line);
  }

  @Test
  void pairsAreMembersOfTheirOwnTypes() {
    event.addKeyValuePair(new KeyValuePair("bytes", 42L));
    event.addKeyValuePair(new KeyValuePair("cut", true));
    event.addKeyValuePair(new KeyValuePair("client", HostPort.parse("127.0.0.1:80").orElseThrow()));
    event.addKeyValuePair(new KeyValuePair("backend", null));
    assertThat(line("a {}"))
        .isEqualTo(
            new JsonObject()
                .put("at", "2026-11-22T06:00:00.123Z")
                .put("level", "INFO")
                .put("logger", "loble.access")
                .put("message", "a {}")
                .put("bytes", 42)
                .put("cut", true)
                .put("client", "127.0.0.1:80")
                .putNull("backend"));
  }

  @Test
  void nothingInAMessageEndsTheLine() {
    String message = "\"quoted\"\nsecond line \u2028 \u0000";
    assertThat(line(message).getString("message")).isEqualTo(message);
  }

  @Test
  void aPairCannotStandForWhatEveryLineHas() {
    event.addKeyValuePair(new KeyValuePair("level", "forged"));
    assertThat(line("a").getString("level")).isEqualTo("INFO");
  }
}
