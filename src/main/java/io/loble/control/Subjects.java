package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.control.Edit.Subject;
import java.util.Optional;

/** The parts of a configuration that commands are about. */
final class Subjects {

  private Subjects() {}

  /** Something that has a name and no view as JSON. */
  static Subject nameOnly(String what) {
    return new Subject(what, config -> null);
  }

  static Subject pool(String name) {
    return new Subject(
        "pool " + name, config -> find(config, name).map(ConfigParts::toJson).orElse(null));
  }

  static Subject algorithm(String pool) {
    return new Subject(
        "pool " + pool, config -> find(config, pool).map(p -> p.algorithm().label()).orElse(null));
  }

  static Subject backend(String pool, String name) {
    return new Subject(
        "backend " + name + " of pool " + pool,
        config ->
            find(config, pool).stream()
                .flatMap(p -> p.backends().stream())
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .map(ConfigParts::toJson)
                .orElse(null));
  }

  /** What is set of a backend that was found. */
  static Subject found(String pool, String name) {
    return new Subject(
        "backend " + name + " of pool " + pool,
        config ->
            find(config, pool)
                .map(p -> p.discovery().backends().get(name))
                .map(ConfigParts::toJson)
                .orElse(null));
  }

  static Subject listener(String name) {
    return new Subject(
        "listener " + name,
        config ->
            config.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .map(ConfigParts::toJson)
                .orElse(null));
  }

  private static Optional<PoolConfig> find(LobleConfig config, String pool) {
    return Optional.ofNullable(config.pools().get(pool));
  }
}
