package io.loble.admin;

import io.loble.control.Commands;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Answers requests with what commands say. */
final class ApiHandlers {

  private final Commands commands;
  private final Answers answers;
  private final OneAtATime large;

  ApiHandlers(Commands commands, Answers answers, OneAtATime large) {
    this.commands = commands;
    this.answers = answers;
    this.large = large;
  }

  /** Answers with what a command says. */
  Handler<RoutingContext> run(String command, int status) {
    return ctx ->
        commands
            .run(Requests.caller(ctx), command, Requests.arguments(ctx))
            .onSuccess(answer -> ctx.response().setStatusCode(status))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }

  /**
   * Answers with so much that an event loop would stand still over it.
   *
   * @param numbers the arguments that are numbers
   */
  Handler<RoutingContext> large(String command, String... numbers) {
    return ctx ->
        large.make(
            ctx,
            () ->
                commands
                    .run(Requests.caller(ctx), command, Requests.arguments(ctx, numbers))
                    .compose(answer -> ctx.vertx().executeBlocking(answer::toBuffer, false))
                    .onSuccess(body -> answers.send(ctx, "application/json", body))
                    .onFailure(ctx::fail));
  }

  /** Answers with one member of what a command says. */
  Handler<RoutingContext> list(String command, String member) {
    return ctx ->
        commands
            .run(Requests.caller(ctx), command, Requests.arguments(ctx))
            .map(answer -> answer.getJsonArray(member))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }

  /** The body is a file, unless it is said to be JSON. */
  Handler<RoutingContext> plan() {
    return ctx ->
        commands
            .run(Requests.caller(ctx), "config.plan", Requests.plan(ctx))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }
}
