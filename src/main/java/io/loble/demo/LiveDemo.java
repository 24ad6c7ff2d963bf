package io.loble.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** The demo on a terminal: a page that is drawn again and again, and keys. */
public final class LiveDemo implements AutoCloseable {

  private static final long DRAW_EVERY_MILLIS = 250;
  private static final int END_OF_INPUT = -1;
  private static final int CTRL_C = 3;

  private final Demo demo;
  private final LiveScreen screen;
  private volatile boolean over;

  private LiveDemo(Demo demo, LiveScreen screen) {
    this.demo = demo;
    this.screen = screen;
  }

  /** Takes over the terminal that the process was started in; empty when there is none. */
  public static Optional<LiveDemo> open(Demo demo) {
    return LiveScreen.open().map(screen -> new LiveDemo(demo, screen));
  }

  /** Shows it until a key or {@link #close()} ends it, or the clients have ended. */
  public void run() throws IOException {
    Trend trend = new Trend();
    DemoPage page = new DemoPage(demo, trend, Ansi.ON, screen.block());
    demo.finished().onComplete(report -> over = true);
    while (!over) {
      trend.add(demo.glance());
      screen.show(page.text(screen.height()));
      pressed(screen.key(DRAW_EVERY_MILLIS));
    }
  }

  private void pressed(int key) {
    if (key == 'q' || key == 'Q' || key == CTRL_C || key == END_OF_INPUT) {
      over = true;
    } else {
      Key.effect(key, demo.servers().size()).ifPresent(effect -> effect.accept(demo));
    }
  }

  /** Gives the terminal back. May be called by any thread. */
  @Override
  public void close() {
    over = true;
    try {
      screen.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
