package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl listener}. */
@Command(
    name = "listener",
    description = "Adds, changes or removes a listener.",
    subcommands = {
      ListenerCommand.Add.class,
      ListenerCommand.Update.class,
      ListenerCommand.Remove.class
    })
final class ListenerCommand {

  /** {@code ctl listener add}. */
  @Command(name = "add", description = "Adds a listener.")
  static final class Add extends Action {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the new listener.")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "ADDR",
        description = "The address to listen on, host:port.")
    private String address = "";

    @Parameters(index = "2..*", paramLabel = "key=value", description = ListenerWords.FORM)
    private List<String> words = List.of();

    /** The pool may be left out: the balancer has the rule for it. */
    @Override
    void run(Session session) throws CtlException {
      JsonObject body = new JsonObject().put("name", name).put("address", address);
      body.mergeIn(ListenerWords.ofNew(words));
      JsonObject now = session.client().object(Request.send("POST", "listeners", body));
      session.print(now, () -> Sentences.listener(now));
    }
  }

  /** {@code ctl listener set}. */
  @Command(
      name = "set",
      description = "Sets keys of a listener; its open connections are not touched.")
  static final class Update extends Action {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the listener.")
    private String name = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "key=value",
        description = ListenerWords.FORM)
    private List<String> words = List.of();

    @Override
    void run(Session session) throws CtlException {
      String path = "listeners/" + Request.segment(name);
      Request request = Request.send("PATCH", path, ListenerWords.ofOpen(words));
      JsonObject now = session.client().object(request);
      session.print(now, () -> Sentences.listener(now));
    }
  }

  /** {@code ctl listener rm}. */
  @Command(name = "rm", description = "Removes a listener; its open connections may finish.")
  static final class Remove extends Action {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the listener.")
    private String name = "";

    @Parameters(
        index = "1..*",
        paramLabel = "timeout=TIME",
        description = "When to close the remaining connections.")
    private List<String> words = List.of();

    @Override
    void run(Session session) throws CtlException {
      String query = Words.parse(words, Key.TIMEOUT).query(Key.TIMEOUT);
      Request request = Request.delete("listeners/" + Request.segment(name) + query);
      JsonObject last = session.client().object(request);
      session.print(last, () -> "removed: " + Sentences.listener(last));
    }
  }
}
