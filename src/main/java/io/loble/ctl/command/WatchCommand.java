package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.command.Session.Form;
import io.loble.ctl.watch.Layout;
import io.loble.ctl.watch.LiveWatch;
import io.loble.ctl.watch.Look;
import io.loble.ctl.watch.Order;
import io.loble.ctl.watch.Watch;
import io.loble.terminal.Colour;
import io.loble.terminal.LiveScreen;
import io.loble.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code ctl watch}. */
@Command(name = "watch", description = "Shows the status and its rates, live, until q or Ctrl-C.")
final class WatchCommand extends Action {

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "The time between two updates; default ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ZERO;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after so many updates; default 0, never.")
  private long count;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "configured",
      converter = OrderConverter.class,
      description =
          "How to sort the backends of a pool: ${COMPLETION-CANDIDATES}; default"
              + " ${DEFAULT-VALUE}. On a terminal, keys change it.")
  private Order order = Order.CONFIGURED;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "80",
      description = "The width of a page without a terminal; default ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--plain",
      description = "Prints page after page without colours, even on a terminal.")
  private boolean plain;

  @Override
  void run(Session session) throws CtlException {
    AtomicBoolean over = new AtomicBoolean();
    Optional<LiveScreen> screen =
        plain || count > 0 || session.form() == Form.JSON
            ? Optional.empty()
            : LiveScreen.open(() -> over.set(true));
    if (screen.isPresent()) {
      live(session, screen.get(), over);
    } else {
      pages(session);
    }
  }

  private void live(Session session, LiveScreen screen, AtomicBoolean over) throws CtlException {
    Layout layout = new Layout(screen.width(), order, Colour.onScreen());
    try (screen) {
      new LiveWatch(watch(session), screen, over, layout).run(interval);
    } catch (IOException e) {
      throw CtlException.failed("the terminal is gone: " + e.getMessage());
    }
  }

  private void pages(Session session) throws CtlException {
    Ansi ansi = plain ? Ansi.OFF : session.ansi();
    Look look = look(session, new Layout(width, order, ansi));
    Screen screen = screen(session, ansi);
    Interrupt interrupt = Interrupt.endsWell();
    try {
      screen.show(look.next());
      for (long shown = 1; session.isHeard() && (count == 0 || shown < count); shown++) {
        pause();
        screen.show(look.next());
      }
    } finally {
      interrupt.over();
    }
  }

  private static Watch watch(Session session) {
    return new Watch(session.client(), System::nanoTime);
  }

  private static Look look(Session session, Layout layout) {
    return session.form() == Form.JSON
        ? new Look.Json(session.client())
        : new Look.Text(watch(session), layout);
  }

  private static Screen screen(Session session, Ansi ansi) {
    return session.form() == Form.JSON || !ansi.enabled()
        ? new Screen.Scrolling(session.out())
        : new Screen.InPlace(session.out());
  }

  private void pause() {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, interval.toNanos(), TimeUnit.NANOSECONDS)
        .join();
  }
}
