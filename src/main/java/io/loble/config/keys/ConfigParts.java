package io.loble.config.keys;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.FoundSettings;
import io.loble.config.ListenerConfig;
import io.loble.config.PoolConfig;
import io.loble.config.read.JsonDocument;
import io.loble.config.read.Names;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.model.Algorithm;
import io.loble.model.TcpSettings;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of a configuration from JSON, as commands bring them, with the keys of the TOML file.
 * Errors name the key within the part.
 */
public final class ConfigParts {

  private static final Place REQUEST = Place.of("request");

  private ConfigParts() {}

  /** A backend, as in {@code [[backends]]}. */
  public static BackendConfig backend(JsonObject json) throws ConfigException {
    return read(PoolKeys.BACKEND, json, null);
  }

  /** A backend with some of its settings changed. */
  public static BackendConfig backend(BackendConfig base, JsonObject changes)
      throws ConfigException {
    return read(PoolKeys.BACKEND, changes, base);
  }

  /**
   * What is set of a backend that was found, with some of it changed; what is null is as its source
   * has it again.
   */
  public static FoundSettings found(FoundSettings base, JsonObject changes) throws ConfigException {
    JsonObject all = FoundKeys.FOUND.write(base).mergeIn(changes);
    all.fieldNames().stream().toList().stream()
        .filter(key -> all.getValue(key) == null)
        .forEach(all::remove);
    return read(FoundKeys.FOUND, all, null);
  }

  /**
   * A listener, as in {@code [[listeners]]}.
   *
   * @param tcp what is not given of its {@code tcp}
   */
  public static ListenerConfig listener(TcpSettings tcp, JsonObject json) throws ConfigException {
    JsonObject defaults = new JsonObject().put(Tables.TCP, TcpKeys.TCP.write(tcp));
    return read(LobleKeys.LISTENER, defaults.mergeIn(json, true), null);
  }

  /** A listener with some of its keys changed, those of its tables one by one. */
  public static ListenerConfig listener(ListenerConfig base, JsonObject changes)
      throws ConfigException {
    return read(LobleKeys.LISTENER, changes, base);
  }

  /** A pool, as in {@code [pools.NAME]}; what is not given is as in another, its name included. */
  public static PoolConfig pool(PoolConfig base, JsonObject changes) throws ConfigException {
    Problems problems = new Problems();
    if (base.name().isBlank() || !Names.isUsable(base.name())) {
      String expected = "a name that is not empty, " + Names.RULE;
      problems.unexpected(new Node.Scalar(REQUEST.withKey("name"), base.name()), expected);
    }
    problems.throwIfAny();
    return read(PoolKeys.POOL, changes, base).named(base.name());
  }

  /** The name of an algorithm, as {@code algorithm} of a pool. */
  public static Algorithm algorithm(String name) throws ConfigException {
    Problems problems = new Problems();
    Node word = new Node.Scalar(REQUEST.withKey("algorithm"), name);
    Optional<Algorithm> algorithm = Scalars.algorithm().read(word, null, problems);
    problems.throwIfAny();
    return algorithm.orElseThrow();
  }

  /** A backend, as {@link #backend(JsonObject)} reads it. */
  public static JsonObject toJson(BackendConfig backend) {
    return PoolKeys.BACKEND.write(backend);
  }

  /** What is set of a backend that was found, as {@link #found} reads it. */
  public static JsonObject toJson(FoundSettings found) {
    return FoundKeys.FOUND.write(found);
  }

  /** A listener, as {@link #listener} reads it. */
  public static JsonObject toJson(ListenerConfig listener) {
    return LobleKeys.LISTENER.write(listener);
  }

  /** A pool, as {@link #pool} reads it. */
  public static JsonObject toJson(PoolConfig pool) {
    return PoolKeys.POOL.write(pool);
  }

  private static <R> R read(Section<R> section, JsonObject json, @Nullable R base)
      throws ConfigException {
    Problems problems = new Problems();
    Optional<R> part = section.read(JsonDocument.read(REQUEST, json), base, problems);
    problems.throwIfAny();
    return part.orElseThrow();
  }
}
