package io.loble.demo;

import io.loble.terminal.Shortened;
import io.loble.testbed.BackendFigures;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The demo where there is no terminal: a line of statistics every second. */
public final class PlainDemo {

  private static final int WIDTH = 80;

  private final Demo demo;
  private final PrintWriter out;
  private final Trend trend = new Trend();

  public PlainDemo(Demo demo, PrintWriter out) {
    this.demo = demo;
    this.out = out;
  }

  /** Prints until the clients have ended. */
  public void run() {
    CompletableFuture<?> finished = demo.finished().toCompletionStage().toCompletableFuture();
    trend.add(demo.glance());
    while (!finished.isDone()) {
      finished.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
      trend.add(demo.glance());
      out.println(line(trend));
    }
  }

  /** A line that fits a terminal: of each server the total, and the state unless it is healthy. */
  static String line(Trend trend) {
    Glance now = trend.now();
    String line =
        String.format(
            Locale.ROOT,
            "active %d, accepted %d (%.0f/s), wrong answers %d, by server: %s",
            now.balancer().active(),
            now.balancer().accepted(),
            trend.perSecond(glance -> glance.balancer().accepted()),
            now.clients().wrongAnswers(),
            now.balancer().backends().stream()
                .map(PlainDemo::server)
                .collect(Collectors.joining(" ")));
    return Shortened.end(line, WIDTH);
  }

  private static String server(BackendFigures backend) {
    return backend.total() + (backend.state().equals("healthy") ? "" : " " + backend.state());
  }
}
