package io.loble.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.loble.config.LoggingConfig;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up as the configuration says. Lines are written by a thread of their own, so that a
 * slow terminal or pipe stops no event loop; when it falls too far behind, lines are dropped.
 */
final class Logging {

  private static final int QUEUE = 16_384;

  private static @Nullable LoggingConfig inForce;

  private Logging() {}

  /**
   * Replaces what was set up before; blocks while lines that were logged before are written.
   *
   * @return whether anything changed
   */
  static synchronized boolean configure(LoggingConfig config) {
    return configure(config, ConsoleTarget.SystemOut);
  }

  /** The same, writing to standard error. To be chosen before anything else is. */
  static synchronized void configureOnStandardError(LoggingConfig config) {
    configure(config, ConsoleTarget.SystemErr);
  }

  private static boolean configure(LoggingConfig config, ConsoleTarget target) {
    if (inForce != null && inForce.equals(config)) {
      return false;
    }
    inForce = config;
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget(target.getName());
    console.setEncoder(encoder(context, config.format()));
    console.start();
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.setNeverBlock(true);
    async.addAppender(console);
    async.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(async);
    root.setLevel(Level.toLevel(config.level().name()));
    quieten(context);
    return true;
  }

  /** Waits until all lines are written. */
  static synchronized void flush() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  /** What others log that we log ourselves, in our words. */
  private static void quieten(LoggerContext context) {
    context.getLogger("io.vertx.launcher").setLevel(Level.OFF);
    context.getLogger("io.vertx.config").setLevel(Level.OFF);
    context.getLogger("io.netty").setLevel(Level.WARN);
    // Two of Vert.x's meters register themselves twice, which Micrometer warns of at every start.
    context.getLogger("io.micrometer").setLevel(Level.ERROR);
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, LoggingConfig.Format format) {
    Layout<ILoggingEvent> layout =
        switch (format) {
          case TEXT -> TextLayout.withTime();
          case JSON -> new JsonLayout();
        };
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setLayout(layout);
    encoder.setContext(context);
    // Whatever the locale says: a service and a container have none.
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return encoder;
  }
}
