package io.loble.ctl.command;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ListenerAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl names}: what the completion script asks for; when it cannot be known, nothing. */
@Command(name = "names", description = "Lists names for shell completion.", hidden = true)
final class NamesCommand extends Action {

  /** Of what. */
  enum Kind {
    BACKENDS,
    POOLS,
    LISTENERS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
  private Kind kind = Kind.BACKENDS;

  @Override
  void run(Session session) {
    try {
      names(session.client()).forEach(session::println);
    } catch (CtlException | ClassCastException e) {
      // Completion shows nothing but names.
    }
  }

  private List<String> names(AdminClient client) throws CtlException {
    Stream<String> names =
        switch (kind) {
          case BACKENDS ->
              Pools.all(client).stream()
                  .flatMap(pool -> pool.backends().stream())
                  .map(BackendAnswer::name);
          case POOLS -> Pools.all(client).stream().map(PoolAnswer::name);
          case LISTENERS ->
              client.array(Request.get("listeners")).stream()
                  .map(listener -> ListenerAnswer.of((JsonObject) listener))
                  .map(ListenerAnswer::name);
        };
    return names.distinct().sorted().toList();
  }
}
