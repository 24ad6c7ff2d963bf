package io.loble.control;

import io.loble.history.HistoryKeeper;
import io.loble.history.HistoryQuery;
import io.loble.history.HistoryRange;
import io.loble.history.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Shows what the process, a listener, a pool or a backend did in the time before. */
record HistoryGet(HistoryKeeper history, Lookup lookup) implements Command {

  private static final String LISTENER = "listener";
  private static final String POOL = "pool";
  private static final String BACKEND = "backend";

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("range", LISTENER, POOL, BACKEND, "since");
    HistoryQuery query =
        new HistoryQuery(
            range(arguments),
            scope(arguments),
            arguments.number("since", 0, Long.MAX_VALUE).orElse(0L));
    return history
        .page(query)
        .map(page -> HistoryView.of(query, page.orElseThrow(() -> missing(query.scope()))));
  }

  private static HistoryRange range(Arguments arguments) {
    Optional<String> given = arguments.optionalText("range");
    return given.isEmpty()
        ? HistoryRange.FIVE_MINUTES
        : HistoryRange.named(given.get()).orElseThrow(() -> unknownRange(given.get()));
  }

  private static CommandException unknownRange(String given) {
    return CommandException.invalidArgument(
        "range: expected one of %s, found the string \"%s\""
            .formatted(String.join(", ", HistoryRange.labels()), given));
  }

  private Scope scope(Arguments arguments) {
    Optional<String> listener = arguments.optionalText(LISTENER);
    Optional<String> pool = arguments.optionalText(POOL);
    Optional<String> backend = arguments.optionalText(BACKEND);
    if (listener.isPresent() && (pool.isPresent() || backend.isPresent())) {
      throw CommandException.invalidArgument(
          "a history is of a listener or of a pool; name one of them");
    }
    if (backend.isPresent()) {
      String name = lookup.backendName(arguments);
      return new Scope.OfBackend(lookup.poolOfBackend(arguments, name), name);
    }
    return listener
        .<Scope>map(Scope.OfListener::new)
        .or(() -> pool.map(Scope.OfPool::new))
        .orElseGet(Scope.Whole::new);
  }

  private CommandException missing(Scope scope) {
    List<String> known = history.known(scope);
    String choice =
        known.isEmpty() ? "there is none" : "there is one of " + String.join(", ", known);
    return CommandException.notFound(
        "there is no history of %s; %s".formatted(words(scope), choice));
  }

  private static String words(Scope scope) {
    if (scope instanceof Scope.OfListener listener) {
      return "a listener \"" + listener.name() + '"';
    }
    return scope instanceof Scope.OfBackend backend
        ? "a backend \"%s\" of pool \"%s\"".formatted(backend.name(), backend.pool())
        : "a pool \"" + ((Scope.OfPool) scope).name() + '"';
  }
}
