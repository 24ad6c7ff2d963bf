package io.loble.admin;

import io.loble.control.Arguments;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Answers with a recording of what the process did in the seconds after it was asked. */
final class ProfileRoute implements Handler<RoutingContext> {

  private static final String SECONDS = "seconds";
  private static final long USUAL_SECONDS = 10;
  private static final long MOST_SECONDS = 120;

  private final Vertx vertx;
  private final String id;

  /**
   * @param id what this process calls itself, for the name of the file
   */
  ProfileRoute(Vertx vertx, String id) {
    this.vertx = vertx;
    this.id = id;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Arguments arguments = new Arguments(Requests.arguments(ctx, SECONDS));
    arguments.allowOnly(SECONDS);
    long seconds = arguments.number(SECONDS, 1, MOST_SECONDS).orElse(USUAL_SECONDS);
    Recorder.reserve();
    Profile profile = new Profile(vertx, ctx, id);
    profile.record(seconds);
  }
}
