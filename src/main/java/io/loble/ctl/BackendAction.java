package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command on one backend, wherever it is. */
abstract class BackendAction extends Action {

  @Parameters(index = "0", paramLabel = "BACKEND", description = "Its name.")
  private String backend = "";

  /** The key=value words that follow. */
  abstract Words words() throws CtlException;

  /**
   * What to ask.
   *
   * @param path that of the backend
   */
  abstract Request request(String path, Words words);

  @Override
  final void run(Session session) throws CtlException {
    Words words = words();
    String pool = Pools.of(session.client(), backend, words.text(Key.POOL));
    String path = "pools/" + Request.segment(pool) + "/backends/" + Request.segment(backend);
    JsonObject now = session.client().object(request(path, words));
    session.print(now, () -> Sentences.backend(pool, now));
  }

  /** Backends whose state is set, and what is to be done then with their connections. */
  abstract static class ToState extends BackendAction {

    @Parameters(
        index = "1..*",
        paramLabel = "pool=P timeout=TIME",
        description = "The pool, where several have it; when to close what is left.")
    private List<String> words = List.of();

    private final String state;

    ToState(String state) {
      this.state = state;
    }

    @Override
    Words words() throws CtlException {
      return Words.parse(words, Key.POOL, Key.TIMEOUT);
    }

    @Override
    Request request(String path, Words words) {
      return Request.send("PATCH", path, words.without(Key.POOL).put("state", state));
    }
  }
}
