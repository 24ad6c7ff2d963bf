package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.read.Hosts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a command means. */
final class Lookup {

  private static final String DEFAULT_POOL = "default";

  private final ConfigManager manager;
  private final StatusView view;

  Lookup(ConfigManager manager, StatusView view) {
    this.manager = manager;
    this.view = view;
  }

  /** The pool of that name. */
  static PoolConfig pool(LobleConfig config, String name) {
    PoolConfig pool = config.pools().get(name);
    if (pool == null) {
      throw CommandException.unknown("pool", name, config.pools().keySet());
    }
    return pool;
  }

  /** The listener of that name. */
  static ListenerConfig listener(LobleConfig config, String name) {
    return config.listeners().stream()
        .filter(listener -> listener.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.unknown(
                    "listener",
                    name,
                    config.listeners().stream().map(ListenerConfig::name).toList()));
  }

  /** The backend of that name. */
  static BackendConfig backend(PoolConfig pool, String name) {
    return pool.backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.unknown(
                    "backend of pool " + pool.name(),
                    name,
                    pool.backends().stream().map(BackendConfig::name).toList()));
  }

  /**
   * The backend that is meant, by the word of the path or by that of events. One that is called
   * like its address may be named by any form of that.
   */
  String backendName(Arguments arguments) {
    String given = givenName(arguments);
    String canonical = Hosts.canonical(given);
    return view.poolsWith(given).isEmpty() && !view.poolsWith(canonical).isEmpty()
        ? canonical
        : given;
  }

  private static String givenName(Arguments arguments) {
    Optional<String> backend = arguments.optionalText("backend");
    if (backend.isPresent() && arguments.optionalText("name").isPresent()) {
      throw CommandException.invalidArgument(
          "name and backend mean the same; give only one of them");
    }
    return backend.orElseGet(() -> arguments.text("name"));
  }

  /** The pool that is named, or else the one called default, or else the only one there is. */
  String poolName(Arguments arguments) {
    return arguments.optionalText("pool").orElseGet(this::impliedPool);
  }

  private String impliedPool() {
    Map<String, PoolConfig> pools = manager.config().pools();
    if (pools.containsKey(DEFAULT_POOL)) {
      return DEFAULT_POOL;
    }
    if (pools.size() == 1) {
      return pools.keySet().iterator().next();
    }
    throw CommandException.invalidArgument(
        "pool: missing; name one of " + String.join(", ", pools.keySet()));
  }

  /** The pool that is named, or else the only one that has a backend of that name. */
  String poolOfBackend(Arguments arguments, String backend) {
    Optional<String> named = arguments.optionalText("pool");
    if (named.isPresent()) {
      return named.get();
    }
    List<String> there = view.poolsWith(backend);
    List<String> candidates = there.isEmpty() ? poolsThatSet(backend) : there;
    if (candidates.size() > 1) {
      throw CommandException.invalidArgument(
          "pool: missing; \"%s\" is in each of %s"
              .formatted(backend, String.join(", ", candidates)));
    }
    if (candidates.isEmpty()) {
      throw CommandException.unknown("backend", backend, view.backendNames());
    }
    return candidates.get(0);
  }

  /** The pools that have settings for a backend of that name, whether or not it is found now. */
  private List<String> poolsThatSet(String backend) {
    return manager.config().pools().values().stream()
        .filter(pool -> pool.discovery().backends().containsKey(backend))
        .map(PoolConfig::name)
        .toList();
  }
}
