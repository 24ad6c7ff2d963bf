package io.loble.ctl.command;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the pool that is meant where none is named. */
final class Pools {

  private static final String USUAL = "default";

  private Pools() {}

  /** The pool that is named, or the usual one, or the only one. */
  static String named(AdminClient client, Optional<String> name) throws CtlException {
    return name.isPresent() ? name.get() : only(all(client));
  }

  /** The pool that is named, or the only one that has a backend of that name. */
  static String of(AdminClient client, String backend, Optional<String> name) throws CtlException {
    return name.isPresent() ? name.get() : having(backend, all(client));
  }

  static List<PoolAnswer> all(AdminClient client) throws CtlException {
    return client.array(Request.get("pools")).stream()
        .map(pool -> PoolAnswer.of((JsonObject) pool))
        .toList();
  }

  private static String only(List<PoolAnswer> pools) throws CtlException {
    if (pools.stream().anyMatch(pool -> pool.name().equals(USUAL))) {
      return USUAL;
    }
    if (pools.isEmpty()) {
      throw CtlException.failed("there is no pool");
    }
    if (pools.size() > 1) {
      throw CtlException.usage("there are several pools; give pool=, one of " + names(pools));
    }
    return pools.get(0).name();
  }

  private static String having(String backend, List<PoolAnswer> pools) throws CtlException {
    List<PoolAnswer> found =
        pools.stream()
            .filter(pool -> pool.backends().stream().anyMatch(b -> b.name().equals(backend)))
            .toList();
    if (found.isEmpty()) {
      throw CtlException.failed("no backend is called \"" + backend + "\"; " + known(pools));
    }
    if (found.size() > 1) {
      throw CtlException.usage(
          "several pools have a backend \"" + backend + "\"; give pool=, one of " + names(found));
    }
    return found.get(0).name();
  }

  private static String known(List<PoolAnswer> pools) {
    String names =
        pools.stream()
            .flatMap(pool -> pool.backends().stream())
            .map(BackendAnswer::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "there is none" : "known: " + names;
  }

  private static String names(List<PoolAnswer> pools) {
    return pools.stream().map(PoolAnswer::name).collect(Collectors.joining(", "));
  }
}
