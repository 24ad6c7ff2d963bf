package io.loble.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A log line for programs: a JSON object with {@code at}, {@code level}, {@code logger}, {@code
 * message}, the key-value pairs of the event as they are, numbers as numbers, and {@code
 * exception}, a stack trace, where there is one.
 *
 * <p>Logback's own has the pairs in a list of objects of one key each, with every value as text.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("at", Instant.ofEpochMilli(event.getTimeStamp()).toString())
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("message", event.getFormattedMessage());
    addPairs(line, event.getKeyValuePairs());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("exception", ThrowableProxyUtil.asString(thrown));
    }
    return line.encode() + System.lineSeparator();
  }

  private static void addPairs(JsonObject line, @Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      pairs.forEach(pair -> line.getMap().putIfAbsent(pair.key, value(pair.value)));
    }
  }

  private static @Nullable Object value(@Nullable Object value) {
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
