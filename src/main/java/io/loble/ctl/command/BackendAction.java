package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Parameters;

/** A command on one backend, wherever it is. */
abstract class BackendAction extends Action {

  @Parameters(index = "0", paramLabel = "BACKEND", description = "The name of the backend.")
  private String backend = "";

  /** The key=value words that follow. */
  abstract Words words() throws CtlException;

  /**
   * What to ask.
   *
   * @param path that of the backend
   */
  abstract Request request(String path, Words words);

  /**
   * Looks whether it had better not be done.
   *
   * @throws CtlException when it is not to be done
   */
  void check(Session session, String pool, String backend) throws CtlException {}

  @Override
  final void run(Session session) throws CtlException {
    Words words = words();
    String pool = Pools.of(session.client(), backend, words.text(Key.POOL));
    String path = "pools/" + Request.segment(pool) + "/backends/" + Request.segment(backend);
    check(session, pool, backend);
    JsonObject now = session.client().object(request(path, words));
    session.print(now, () -> Sentences.backend(pool, now));
  }
}
