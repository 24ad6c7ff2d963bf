package io.loble.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged as an error with its stack trace: defects, by our rules. */
final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final List<String> defects = new CopyOnWriteArrayList<>();

  private ErrorLog() {}

  static ErrorLog collect() {
    ErrorLog log = new ErrorLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.addAppender(log);
    return log;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR) && event.getThrowableProxy() != null) {
      defects.add(
          event.getFormattedMessage()
              + ": "
              + event.getThrowableProxy().getClassName()
              + ": "
              + event.getThrowableProxy().getMessage());
    }
  }

  List<String> defects() {
    return List.copyOf(defects);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
