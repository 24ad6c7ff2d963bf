package io.loble.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Some fields of an object, which take the place of those that it has. Lists are an error. */
record Patch(Map<String, Object> content) {

  static Patch in(Path file) {
    return new Patch(YamlFiles.document(file));
  }

  /** Of the object that it is for. */
  String key() {
    return YamlFiles.get(content, "kind")
        + "/"
        + YamlFiles.get(YamlFiles.map(YamlFiles.get(content, "metadata")), "name");
  }

  /** That object with these fields. */
  HasMetadata over(String key, HasMetadata object) {
    return StrictModels.read(merged(StrictModels.asMap(object), content));
  }

  private static Map<String, Object> merged(Map<String, Object> under, Map<String, Object> over) {
    over.forEach(
        (key, value) -> {
          if (value instanceof List) {
            throw new AssertionError("how lists are merged is not known here: " + key);
          }
          under.merge(
              key,
              value,
              (old, now) ->
                  now instanceof Map ? merged(YamlFiles.map(old), YamlFiles.map(now)) : now);
        });
    return under;
  }
}
