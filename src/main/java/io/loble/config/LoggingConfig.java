package io.loble.config;

/**
 * What is logged, and how.
 *
 * @param level the lowest level that is logged
 * @param format how a line looks
 * @param access whether each finished connection is logged
 */
public record LoggingConfig(Level level, Format format, boolean access) {

  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  public enum Format {
    TEXT,
    JSON
  }
}
