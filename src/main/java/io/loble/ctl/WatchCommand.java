package io.loble.ctl;

import io.loble.ctl.Session.Form;
import io.loble.terminal.Screen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code ctl watch}. */
@Command(name = "watch", description = "Shows the status and its rates, live, until Ctrl-C.")
final class WatchCommand extends Action {

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "How long from one look to the next; default ${DEFAULT-VALUE}.")
  private Duration interval = Duration.ZERO;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many looks; default 0, for no end.")
  private long count;

  @Option(
      names = "--plain",
      description = "One page below the other, without colours, also on a terminal.")
  private boolean plain;

  @Override
  void run(Session session) throws CtlException {
    Ansi ansi = plain ? Ansi.OFF : session.ansi();
    Look look = look(session, ansi);
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

  private static Look look(Session session, Ansi ansi) {
    return session.form() == Form.JSON
        ? new Look.Json(session.client())
        : new Watch(session.client(), ansi, System::nanoTime);
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
