package io.loble.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Keeps loggers quiet that a test makes complain all the time, until it is closed. */
final class Quiet implements AutoCloseable {

  private final List<Logger> loggers;

  private Quiet(List<Logger> loggers) {
    this.loggers = loggers;
  }

  static Quiet of(String... names) {
    List<Logger> loggers =
        Stream.of(names).map(name -> (Logger) LoggerFactory.getLogger(name)).toList();
    loggers.forEach(logger -> logger.setLevel(Level.OFF));
    return new Quiet(loggers);
  }

  /** Back to what the loggers above them say. */
  @Override
  public void close() {
    loggers.forEach(logger -> logger.setLevel(null));
  }
}
