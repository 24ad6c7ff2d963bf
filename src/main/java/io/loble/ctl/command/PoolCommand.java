package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl pool}. */
@Command(
    name = "pool",
    description = "Adds or removes a pool.",
    subcommands = {PoolCommand.Add.class, PoolCommand.Remove.class})
final class PoolCommand {

  /** {@code ctl pool add}. */
  @Command(name = "add", description = "Adds a pool without backends.")
  static final class Add extends Action {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the new pool.")
    private String name = "";

    @Parameters(
        index = "1..*",
        paramLabel = "algorithm=A retries=N",
        description = "Settings that differ from the defaults.")
    private List<String> words = List.of();

    @Override
    void run(Session session) throws CtlException {
      JsonObject body = new JsonObject().put("name", name);
      body.mergeIn(Words.parse(words, Key.ALGORITHM, Key.RETRIES).without());
      JsonObject now = session.client().object(Request.send("POST", "pools", body));
      session.print(now, () -> Sentences.pool(now));
    }
  }

  /** {@code ctl pool rm}. */
  @Command(name = "rm", description = "Removes a pool that no listener uses.")
  static final class Remove extends Action {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the pool.")
    private String name = "";

    @Parameters(
        index = "1..*",
        paramLabel = "timeout=TIME",
        description = "When to close the remaining connections.")
    private List<String> words = List.of();

    @Override
    void run(Session session) throws CtlException {
      String query = Words.parse(words, Key.TIMEOUT).query(Key.TIMEOUT);
      Request request = Request.delete("pools/" + Request.segment(name) + query);
      JsonObject last = session.client().object(request);
      session.print(last, () -> "removed: " + Sentences.pool(last));
    }
  }
}
