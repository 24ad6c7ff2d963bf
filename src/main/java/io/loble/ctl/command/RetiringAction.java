package io.loble.ctl.command;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.command.Session.Form;
import java.io.Console;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * A command after which a backend gets no new clients: with care where it is the last that does.
 */
abstract class RetiringAction extends BackendAction {

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before the last usable backend of a pool is taken out.")
  private boolean yes;

  /** Whether the backend is to get no new clients; a weight need not mean that. */
  boolean retires() {
    return true;
  }

  @Override
  final void check(Session session, String pool, String backend) throws CtlException {
    if (!yes && retires() && isLast(session.client(), pool, backend)) {
      confirm(
          session,
          backend
              + " is the last usable backend of pool "
              + pool
              + "; new clients will be refused.");
    }
  }

  private static void confirm(Session session, String consequence) throws CtlException {
    Optional<Console> console = session.form() == Form.JSON ? Optional.empty() : Keyboard.console();
    if (console.isEmpty()) {
      session.warn(consequence);
    } else if (!Keyboard.agrees(console.get(), consequence + " Go on?")) {
      throw CtlException.failed("nothing was changed");
    }
  }

  /** Not where that cannot be known: then the command itself fails, or needs no confirmation. */
  private static boolean isLast(AdminClient client, String pool, String backend)
      throws CtlException {
    Request request = Request.get("pools/" + Request.segment(pool));
    try {
      List<BackendAnswer> usable =
          PoolAnswer.of(client.object(request)).backends().stream()
              .filter(BackendAnswer::isUsable)
              .toList();
      return usable.size() == 1 && usable.get(0).name().equals(backend);
    } catch (CtlException e) {
      return false;
    }
  }
}
