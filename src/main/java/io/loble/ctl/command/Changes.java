package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonObject;

/** A change of the configuration as a whole. */
final class Changes {

  private Changes() {}

  /** Makes it, and shows its steps and the version that is in force then. */
  static void make(Session session, String path, JsonObject body) throws CtlException {
    JsonObject done = session.client().object(Request.send("POST", path, body));
    session.print(done, () -> text(done));
  }

  private static String text(JsonObject done) {
    String steps = Sentences.steps(done);
    return (steps.isEmpty() ? "nothing changed\n" : steps) + "version " + done.getLong("version");
  }
}
