package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl rebalance}. */
@Command(
    name = "rebalance",
    description = "Closes idle connections of backends that have more than their share.")
final class RebalanceCommand extends Action {

  @Parameters(
      paramLabel = "pool=P percent=N over=TIME idle=TIME",
      description =
          "The pool, the share of connections to close, over how long, and how long idle.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words settings = Words.parse(words, Key.POOL, Key.PERCENT, Key.OVER, Key.IDLE);
    String pool = Pools.named(session.client(), settings.text(Key.POOL));
    String path = "pools/" + Request.segment(pool) + "/rebalance";
    JsonObject body = settings.without(Key.POOL);
    JsonObject now = session.client().object(Request.send("POST", path, body));
    session.print(now, () -> Sentences.rebalance(pool, now));
  }
}
