package io.loble.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source the file's path as it was given, {@link #CONF}, {@link #ENVIRONMENT}, or what else
 *     the value came from
 * @param line counted from 1; 0 where the source has no lines
 * @param column counted from 1; 0 where the source has no lines
 * @param key the full key, such as {@code backends[1].weight}; null when the whole source is meant
 * @param reason what is wrong and what would be right
 */
public record ConfigError(
    String source, int line, int column, @Nullable String key, String reason) {

  /** The JSON that is given to the process or verticle. */
  public static final String CONF = "-conf";

  /** The variables of the process. */
  public static final String ENVIRONMENT = "environment";

  /** {@code file:line:column: key: reason}, without the parts that are not known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    if (key != null) {
      text.append(": ").append(key);
    }
    return text.append(": ").append(reason).toString();
  }
}
