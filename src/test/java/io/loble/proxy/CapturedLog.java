package io.loble.proxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The events of one logger, which goes nowhere else while a test runs. */
final class CapturedLog extends AppenderBase<ILoggingEvent> {

  private final Logger logger;
  private final Level levelBefore;
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  CapturedLog(String name, Level level) {
    logger = (Logger) LoggerFactory.getLogger(name);
    levelBefore = logger.getLevel();
    logger.setLevel(level);
    logger.setAdditive(false);
    logger.addAppender(this);
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  @Override
  public void stop() {
    super.stop();
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(levelBefore);
  }

  void forget() {
    events.clear();
  }

  List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  List<String> messages() {
    return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
