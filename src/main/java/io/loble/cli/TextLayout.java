package io.loble.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.util.CachingDateFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A log line for people: the time, the level, the message and its key-value pairs; a stack trace
 * follows on lines of its own.
 *
 * <p>Logback's layout would do the same from a pattern, but to read one it sets up a converter for
 * everything that a pattern could hold, which each start would wait for.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {

  private static final int LEVEL_WIDTH = 5;
  private static final int USUAL_LENGTH = 160;

  private final @Nullable CachingDateFormatter time;

  private TextLayout(@Nullable CachingDateFormatter time) {
    this.time = time;
  }

  static TextLayout withTime() {
    return new TextLayout(new CachingDateFormatter("yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
  }

  static TextLayout withoutTime() {
    return new TextLayout(null);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(USUAL_LENGTH);
    if (time != null) {
      line.append(time.format(event.getTimeStamp())).append(' ');
    }
    String level = event.getLevel().toString();
    line.append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
    line.append(' ').append(event.getFormattedMessage());
    appendPairs(line, event.getKeyValuePairs());
    line.append(System.lineSeparator());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private static void appendPairs(StringBuilder line, @Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
    }
  }
}
