package io.loble.demo;

import io.loble.terminal.Colour;
import io.loble.terminal.LiveScreen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The demo on a terminal: a page that is drawn again and again, and keys. */
public final class LiveDemo implements AutoCloseable {

  private static final long DRAW_EVERY_MILLIS = 250;
  private static final int END_OF_INPUT = -1;

  private final Demo demo;
  private final LiveScreen screen;
  private final AtomicBoolean over;

  private LiveDemo(Demo demo, LiveScreen screen, AtomicBoolean over) {
    this.demo = demo;
    this.screen = screen;
    this.over = over;
  }

  /** Takes over the terminal that the process was started in; empty when there is none. */
  public static Optional<LiveDemo> open(Demo demo) {
    AtomicBoolean over = new AtomicBoolean();
    return LiveScreen.open(() -> over.set(true)).map(screen -> new LiveDemo(demo, screen, over));
  }

  /** Shows it until a key, Ctrl-C or {@link #close()} ends it, or the clients have ended. */
  public void run() throws IOException {
    Trend trend = new Trend();
    DemoPage page = new DemoPage(demo, trend, Colour.onScreen(), screen.block());
    demo.finished().onComplete(report -> over.set(true));
    while (!over.get()) {
      trend.add(demo.glance());
      screen.show(page.text(screen.width(), screen.height()));
      pressed(screen.key(DRAW_EVERY_MILLIS));
    }
  }

  private void pressed(int key) {
    if (key == 'q' || key == 'Q' || key == END_OF_INPUT) {
      over.set(true);
    } else {
      Key.effect(key, demo.servers().size()).ifPresent(effect -> effect.accept(demo));
    }
  }

  /** Gives the terminal back. May be called by any thread. */
  @Override
  public void close() {
    over.set(true);
    try {
      screen.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
