package io.loble.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as plain maps, lists and values. A key that stands twice is an error. */
final class YamlFiles {

  private YamlFiles() {}

  /** The one document of a file. */
  static Map<String, Object> document(Path file) {
    List<Map<String, Object>> documents = documents(text(file));
    if (documents.size() != 1) {
      throw new AssertionError(file + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }

  static List<Map<String, Object>> documents(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Map<String, Object>> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(options)).loadAll(text).forEach(d -> documents.add(map(d)));
    return documents;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node that must be a map. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object node) {
    if (node instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
      return (Map<String, Object>) map;
    }
    throw new AssertionError("not a map with texts for keys: " + node);
  }

  /** What a map has under a key, which must be there. */
  static Object get(Map<String, Object> map, String key) {
    return Objects.requireNonNull(map.get(key), () -> "no " + key + " in " + map);
  }

  /** A list under a key, empty where there is none. */
  static List<?> list(Map<String, Object> map, String key) {
    return (List<?>) map.getOrDefault(key, List.of());
  }

  static List<String> texts(Map<String, Object> map, String key) {
    return list(map, key).stream().map(String::valueOf).toList();
  }
}
