package io.loble.ctl.watch;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Deadline;
import io.loble.terminal.LiveScreen;
import io.loble.terminal.Shortened;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The live view on a terminal of its own, with keys. */
public final class LiveWatch {

  private static final int END_OF_INPUT = -1;
  private static final String MOVE = "; j k scroll, q quits";

  private final Watch watch;
  private final LiveScreen screen;
  private final AtomicBoolean over;
  private Layout layout;
  private int first;

  /**
   * @param over set when it is to end
   */
  public LiveWatch(Watch watch, LiveScreen screen, AtomicBoolean over, Layout layout) {
    this.watch = watch;
    this.screen = screen;
    this.over = over;
    this.layout = layout;
  }

  /** Shows it until a key or Ctrl-C ends it. */
  public void run(Duration interval) throws CtlException {
    try {
      while (!over.get()) {
        watch.look();
        untilNextLook(Deadline.in(interval));
      }
    } catch (IOException e) {
      throw CtlException.failed("the terminal is gone: " + e.getMessage());
    }
  }

  private void untilNextLook(Deadline next) throws IOException {
    long left = interval(next);
    while (left > 0 && !over.get()) {
      draw();
      pressed(screen.key(left));
      left = interval(next);
    }
  }

  private static long interval(Deadline next) {
    return TimeUnit.NANOSECONDS.toMillis(next.end() - System.nanoTime());
  }

  private void draw() {
    layout = layout.ofWidth(screen.width());
    List<String> lines = watch.page(layout).lines().toList();
    int room = Math.max(1, screen.height() - 2);
    first = Math.max(0, Math.min(first, lines.size() - room));
    List<String> shown = lines.subList(first, Math.min(lines.size(), first + room));
    screen.show(String.join("\n", shown) + "\n" + foot());
  }

  private String foot() {
    return Shortened.end("sorted by " + layout.order() + MOVE, layout.width())
        + "\n"
        + Shortened.end("sort by " + Order.keys(), layout.width());
  }

  private void pressed(int key) {
    if (key == 'q' || key == 'Q' || key == END_OF_INPUT) {
      over.set(true);
    } else if (key == 'j' || key == 'k') {
      first += key == 'j' ? screen.height() / 2 : -screen.height() / 2;
    } else {
      Order.of(key).ifPresent(order -> layout = layout.with(order));
    }
  }
}
