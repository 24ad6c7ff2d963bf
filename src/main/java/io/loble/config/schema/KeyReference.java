package io.loble.config.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the configuration reference, docs/configuration.md, says about keys. It is in the jar, so
 * that nothing has to be said twice.
 */
final class KeyReference {

  private static final String FILE = "/io/loble/config/configuration.md";

  /** A row of a table: key, type, default, meaning. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+?) \\| (.+?) \\| (.*?) \\|$");

  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  /** Tables that take what they do not say from another, and what is short for something else. */
  private static final Map<String, String> SAME =
      Map.of(
          "pools.NAME.health.", "health.",
          "pools.NAME.tcp.", "tcp.",
          "listeners[].tcp.", "tcp.",
          "listener.tcp.", "tcp.",
          "listener.", "listeners[].",
          "backends[].", "pools.NAME.backends[].");

  private final Map<String, String> meanings = new HashMap<>();

  private KeyReference(String text) {
    Matcher rows = ROW.matcher(text);
    while (rows.find()) {
      meanings.put(rows.group(1), LINK.matcher(rows.group(4)).replaceAll("$1"));
    }
  }

  static KeyReference read() throws IOException {
    try (InputStream in = KeyReference.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this program");
      }
      return new KeyReference(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What a key means, in a sentence without its end; empty where nothing is said of it. */
  Optional<String> meaning(String key) {
    String own = meanings.get(key);
    if (own != null) {
      return Optional.of(own);
    }
    return SAME.entrySet().stream()
        .filter(same -> key.startsWith(same.getKey()))
        .map(same -> meanings.get(same.getValue() + key.substring(same.getKey().length())))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
