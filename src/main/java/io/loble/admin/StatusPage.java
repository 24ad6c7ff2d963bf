package io.loble.admin;

import io.loble.control.Commands;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers with the status as a page of tables, for browsers without JavaScript. */
final class StatusPage implements Handler<RoutingContext> {

  /** Where it is. A browser that is asked to can show it a token there, see {@link BearerToken}. */
  static final String PATH = "/api/v1/status.html";

  private final Commands commands;
  private final Answers answers;
  private final OneAtATime large;

  StatusPage(Commands commands, Answers answers, OneAtATime large) {
    this.commands = commands;
    this.answers = answers;
    this.large = large;
  }

  @Override
  public void handle(RoutingContext ctx) {
    large.make(
        ctx,
        () ->
            commands
                .run(Requests.caller(ctx), "status", Requests.arguments(ctx))
                .compose(status -> ctx.vertx().executeBlocking(() -> page(status), false))
                .onSuccess(page -> PageHeaders.put(ctx.response()))
                .onSuccess(page -> answers.send(ctx, "text/html; charset=utf-8", page))
                .onFailure(ctx::fail));
  }

  private static Buffer page(JsonObject status) {
    return Buffer.buffer(new StatusTables(status).html());
  }
}
