package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.ExplainPage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl explain}. */
@Command(name = "explain", description = "Shows which backend a client would get now, and why.")
final class ExplainCommand extends Action {

  private static final Key[] KEYS = {
    Key.LISTENER, Key.SNI, Key.ALPN, Key.HOST, Key.PATH, Key.METHOD
  };

  @Parameters(index = "0", paramLabel = "IP", description = "The client's address.")
  private String client = "";

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = {
        "listener=L: the listener it connects to; needed if there are several.",
        "sni=NAME: the host that its ClientHello asks for.",
        "alpn=P,Q: the protocols that its ClientHello offers.",
        "host=NAME, path=/PATH, method=NAME: what it asks for, where requests are balanced; GET of"
            + " / where that is not said."
      })
  private List<String> words = List.of();

  @Override
  void run(Session session) throws CtlException {
    Words where = Words.parse(words, KEYS);
    String path = "explain?client=" + Request.encode(client) + where.moreQuery(KEYS);
    JsonObject answer = session.client().object(Request.get(path));
    session.print(answer, () -> ExplainPage.text(answer, session.ansi()));
  }
}
