package io.loble.scenario;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A command that is given to a balancer.
 *
 * @param arguments as they stand beside the command on the event bus
 */
record Call(String command, JsonObject arguments) {

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          Map.entry("status", new Form("GET", "status", 200)),
          Map.entry("config.get", new Form("GET", "config", 200)),
          Map.entry("config.versions", new Form("GET", "config/versions", 200)),
          Map.entry("config.plan", new Form("POST", "config/plan", 200)),
          Map.entry("config.reload", new Form("POST", "config/reload", 200)),
          Map.entry("config.rollback", new Form("POST", "config/rollback", 200)),
          Map.entry("pool.add", new Form("POST", "pools", 201)),
          Map.entry("pool.remove", new Form("DELETE", "pools/{pool}", 202)),
          Map.entry("pool.algorithm", new Form("PUT", "pools/{pool}/algorithm", 200)),
          Map.entry("backend.add", new Form("POST", "pools/{pool}/backends", 201)),
          Map.entry("backend.update", new Form("PATCH", "pools/{pool}/backends/{name}", 200)),
          Map.entry("backend.remove", new Form("DELETE", "pools/{pool}/backends/{name}", 202)),
          Map.entry("listener.add", new Form("POST", "listeners", 201)),
          Map.entry("listener.get", new Form("GET", "listeners/{name}", 200)),
          Map.entry("listener.update", new Form("PATCH", "listeners/{name}", 200)),
          Map.entry("listener.remove", new Form("DELETE", "listeners/{name}", 202)));

  /** How a command is written in HTTP. */
  private record Form(String method, String path, int success) {}

  static Call of(String command, Object... namesAndValues) {
    JsonObject arguments = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Call(command, arguments);
  }

  static List<String> commands() {
    return FORMS.keySet().stream().sorted().toList();
  }

  /** The status that tells that it was carried out. */
  int success() {
    return form().success();
  }

  String method() {
    return form().method();
  }

  JsonObject message() {
    return arguments.copy().put("command", command);
  }

  /** Path and query. */
  String target() {
    String path = form().path();
    for (String name : arguments.fieldNames()) {
      path = path.replace('{' + name + '}', encoded(name));
    }
    String query =
        method().equals("DELETE")
            ? rest().stream()
                .map(entry -> encode(entry.getKey()) + '=' + encoded(entry.getKey()))
                .collect(Collectors.joining("&", "?", ""))
            : "";
    return "/api/v1/" + path + (query.length() > 1 ? query : "");
  }

  String body() {
    if (command.equals("config.plan")) {
      return arguments.getValue("toml", "") instanceof String toml ? toml : "";
    }
    boolean none = method().equals("GET") || method().equals("DELETE");
    return none ? "" : rest().encode();
  }

  /** What the path does not say. */
  private JsonObject rest() {
    JsonObject rest = arguments.copy();
    arguments.fieldNames().stream()
        .filter(name -> form().path().contains('{' + name + '}'))
        .forEach(rest::remove);
    return rest;
  }

  private String encoded(String name) {
    return encode(String.valueOf(arguments.getValue(name)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Form form() {
    Form form = FORMS.get(command);
    if (form == null) {
      throw new IllegalArgumentException(command);
    }
    return form;
  }
}
