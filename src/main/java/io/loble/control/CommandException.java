package io.loble.control;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A command that was refused, with a message for whoever gave it. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<ConfigError> errors;

  /**
   * @param status an HTTP status code of 400 to 599, whichever way the command came
   * @param message what was wrong and what would be right
   */
  public CommandException(int status, String message) {
    this(status, message, List.of());
  }

  private CommandException(int status, String message, List<ConfigError> errors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  /** Something was named that does not exist. */
  static CommandException unknown(String what, String name, Collection<String> known) {
    String choice = known.isEmpty() ? "there is none" : "known: " + String.join(", ", known);
    return new CommandException(404, "no %s is called \"%s\"; %s".formatted(what, name, choice));
  }

  /** A configuration cannot be used. */
  static CommandException invalid(ConfigException cause) {
    return new CommandException(422, String.valueOf(cause.getMessage()), cause.errors());
  }

  /** A configuration contradicts what was changed at run time. */
  static CommandException notTogether(ConfigException cause) {
    return new CommandException(
        409, "this conflicts with what was changed at run time: " + reasons(cause), cause.errors());
  }

  /** A change would leave a configuration that breaks its rules. */
  static CommandException contradiction(ConfigException cause) {
    return new CommandException(409, reasons(cause));
  }

  /** Arguments cannot be used. */
  static CommandException arguments(ConfigException cause) {
    return new CommandException(400, reasons(cause));
  }

  public int status() {
    return status;
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
