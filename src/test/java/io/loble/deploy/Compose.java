package io.loble.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code compose.yaml}, as {@code docker compose} reads it for a shell with some variables. */
record Compose(Map<String, Object> content, Map<String, Service> services) {

  static final Path FILE = Path.of("compose.yaml");

  /** {@code $$}, {@code ${NAME:-default}}, or anything else that begins with a dollar. */
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\$)|\\{(\\w+):-([^}]*)})?");

  /**
   * A service.
   *
   * @param command what the image's entry point gets
   */
  record Service(
      String name, Map<String, Object> content, List<String> command, Map<String, String> env) {

    Map<String, Object> map(String key) {
      return YamlFiles.map(content.getOrDefault(key, Map.of()));
    }

    List<String> list(String key) {
      return YamlFiles.texts(content, key);
    }

    String text(String key) {
      return String.valueOf(content.getOrDefault(key, ""));
    }

    boolean isOurs() {
      return text("image").equals("loble:latest");
    }
  }

  static Compose read(Map<String, String> shell) {
    Map<String, Object> content = YamlFiles.map(interpolated(YamlFiles.document(FILE), shell));
    Map<String, Service> services = new LinkedHashMap<>();
    YamlFiles.map(YamlFiles.get(content, "services"))
        .forEach((name, service) -> services.put(name, service(name, YamlFiles.map(service))));
    return new Compose(content, services);
  }

  private static Service service(String name, Map<String, Object> content) {
    Map<String, String> environment = new LinkedHashMap<>();
    YamlFiles.map(content.getOrDefault("environment", Map.of()))
        .forEach((variable, value) -> environment.put(variable, String.valueOf(value)));
    return new Service(name, content, YamlFiles.texts(content, "command"), environment);
  }

  Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new AssertionError("no service " + name + " among " + services.keySet());
    }
    return service;
  }

  private static Object interpolated(Object node, Map<String, String> shell) {
    if (node instanceof String text) {
      return interpolated(text, shell);
    }
    if (node instanceof List<?> list) {
      return list.stream().map(item -> interpolated(item, shell)).toList();
    }
    if (node instanceof Map<?, ?>) {
      Map<String, Object> map = new LinkedHashMap<>();
      YamlFiles.map(node).forEach((key, value) -> map.put(key, interpolated(value, shell)));
      return map;
    }
    return node;
  }

  private static String interpolated(String text, Map<String, String> shell) {
    List<String> strange = new ArrayList<>();
    String result =
        VARIABLE
            .matcher(text)
            .replaceAll(
                found -> {
                  if (found.group(1) == null && found.group(2) == null) {
                    strange.add(found.group());
                  }
                  return Matcher.quoteReplacement(
                      found.group(1) != null ? "$" : value(found.group(2), found.group(3), shell));
                });
    if (!strange.isEmpty()) {
      throw new AssertionError("a dollar that means nothing in: " + text);
    }
    return result;
  }

  private static String value(String name, String fallback, Map<String, String> shell) {
    String value = shell.getOrDefault(name, "");
    return value.isEmpty() ? fallback : value;
  }

  List<Service> ours() {
    return services.values().stream().filter(Service::isOurs).collect(Collectors.toList());
  }
}
