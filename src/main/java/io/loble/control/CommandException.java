package io.loble.control;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command that was refused, with a message for the caller: what was wrong, and what would be
 * right.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<ConfigError> errors;

  private CommandException(Reason reason, String message, List<ConfigError> errors) {
    super(message);
    this.reason = reason;
    this.errors = errors;
  }

  /** Refuses for that reason. */
  public static CommandException of(Reason reason, String message) {
    return new CommandException(reason, message, List.of());
  }

  /** Refuses an argument; see {@link Reason#INVALID_ARGUMENT}. */
  public static CommandException invalidArgument(String message) {
    return of(Reason.INVALID_ARGUMENT, message);
  }

  /** Refuses for {@link Reason#NOT_FOUND}. */
  static CommandException notFound(String message) {
    return of(Reason.NOT_FOUND, message);
  }

  /** Refuses for {@link Reason#CONFLICT}. */
  public static CommandException conflict(String message) {
    return of(Reason.CONFLICT, message);
  }

  /** Refuses for {@link Reason#UNAVAILABLE}. */
  public static CommandException unavailable(String message) {
    return of(Reason.UNAVAILABLE, message);
  }

  /** Refuses for {@link Reason#UNSUPPORTED}. */
  public static CommandException unsupported(String message) {
    return of(Reason.UNSUPPORTED, message);
  }

  /** No such thing exists under that name. */
  static CommandException unknown(String what, String name, Collection<String> known) {
    String choice = known.isEmpty() ? "there is none" : "known: " + String.join(", ", known);
    return notFound("no %s is called \"%s\"; %s".formatted(what, name, choice));
  }

  /** A configuration cannot be used. */
  static CommandException invalid(ConfigException cause) {
    return new CommandException(
        Reason.INVALID_CONFIG, String.valueOf(cause.getMessage()), cause.errors());
  }

  /** A configuration contradicts what was changed at run time. */
  static CommandException notTogether(ConfigException cause) {
    return new CommandException(
        Reason.CONFLICT,
        "this conflicts with what was changed at run time: " + reasons(cause),
        cause.errors());
  }

  /** A change would leave a configuration that breaks its rules. */
  static CommandException contradiction(ConfigException cause) {
    return conflict(reasons(cause));
  }

  /** Arguments cannot be used. */
  static CommandException arguments(ConfigException cause) {
    return invalidArgument(reasons(cause));
  }

  public Reason reason() {
    return reason;
  }

  /** What is wrong, one thing after another, as JSON; empty when the message says it all. */
  public JsonArray errors() {
    JsonArray json = new JsonArray();
    errors.forEach(error -> json.add(toJson(error)));
    return json;
  }

  private static String reasons(ConfigException cause) {
    return cause.errors().stream()
        .map(e -> e.key() == null ? e.reason() : e.key() + ": " + e.reason())
        .collect(Collectors.joining("; "));
  }

  private static JsonObject toJson(ConfigError error) {
    JsonObject json = new JsonObject().put("source", error.source());
    if (error.line() > 0) {
      json.put("line", error.line()).put("column", error.column());
    }
    if (error.key() != null) {
      json.put("key", error.key());
    }
    return json.put("reason", error.reason());
  }
}
