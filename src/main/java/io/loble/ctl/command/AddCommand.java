package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl add}. */
@Command(name = "add", description = "Adds a backend.")
final class AddCommand extends Action {

  @Parameters(index = "0", paramLabel = "ADDR", description = "Its address, host:port.")
  private String address = "";

  @Parameters(
      index = "1..*",
      paramLabel = "weight=N pool=P name=X max_connections=N priority=N state=S",
      description = "Settings that differ from the defaults.")
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words settings =
        Words.parse(
            words, Key.WEIGHT, Key.POOL, Key.NAME, Key.MAX_CONNECTIONS, Key.PRIORITY, Key.STATE);
    String pool = Pools.named(session.client(), settings.text(Key.POOL));
    JsonObject body = new JsonObject().put("address", address);
    body.mergeIn(settings.without(Key.POOL));
    String path = "pools/" + Request.segment(pool) + "/backends";
    JsonObject now = session.client().object(Request.send("POST", path, body));
    session.print(now, () -> Sentences.backend(pool, now));
  }
}
