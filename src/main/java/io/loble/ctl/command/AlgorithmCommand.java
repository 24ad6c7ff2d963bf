package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl algo}. */
@Command(name = "algo", description = "Sets the algorithm of a pool.")
final class AlgorithmCommand extends Action {

  @Parameters(index = "0", paramLabel = "NAME", description = "The algorithm, such as lc.")
  private String algorithm = "";

  @Parameters(
      index = "1..*",
      paramLabel = "pool=P",
      description = "The pool; default 'default', or the only pool.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words settings = Words.parse(words, Key.POOL);
    String pool = Pools.named(session.client(), settings.text(Key.POOL));
    String path = "pools/" + Request.segment(pool) + "/algorithm";
    JsonObject body = new JsonObject().put("algorithm", algorithm);
    JsonObject now = session.client().object(Request.send("PUT", path, body));
    session.print(now, () -> Sentences.pool(now));
  }
}
