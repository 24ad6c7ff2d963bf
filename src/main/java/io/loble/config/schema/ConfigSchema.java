package io.loble.config.schema;

import io.loble.config.keys.HealthKeys;
import io.loble.config.keys.LaunchKeys;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PlainForm;
import io.loble.config.keys.PoolKeys;
import io.loble.config.keys.Tables;
import io.loble.config.keys.TcpKeys;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as JSON Schema (draft 2020-12), for editors. It comes from the keys that are
 * read, and from what the reference says of them. It lets pass all that is valid, and some that is
 * not: what several keys together must be is for {@code check} to say.
 */
public final class ConfigSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** What is taken from elsewhere when it is not given, and so has no default of its own. */
  private static final Pattern INHERITED =
      Pattern.compile(
          "pools\\.NAME\\.(health|tcp)\\..*|listeners\\[]\\.tcp\\..*|listener\\.tcp\\..*"
              + "|pools\\.NAME\\.(algorithm|retries)|pools\\.NAME\\.discover\\.backends\\..*"
              + "|metrics\\.address");

  private final KeyReference reference;
  private final SchemaTree tree = new SchemaTree();

  private ConfigSchema(KeyReference reference) {
    this.reference = reference;
  }

  /** Of the TOML file. */
  public static JsonObject ofToml() throws IOException {
    return document("Configuration of Loble").mergeIn(toml());
  }

  /** Of the JSON that {@code -conf} takes. */
  public static JsonObject ofConf() throws IOException {
    ConfigSchema schema = new ConfigSchema(KeyReference.read());
    LaunchKeys.LAUNCH.describe("", null, schema::add);
    JsonObject launch = schema.tree.root();
    JsonObject overrides = launch.getJsonObject("properties").getJsonObject("overrides");
    overrides.mergeIn(toml());
    return document("What -conf of Loble takes").mergeIn(launch);
  }

  private static JsonObject document(String title) {
    return new JsonObject().put("$schema", DIALECT).put("title", title);
  }

  private static JsonObject toml() throws IOException {
    ConfigSchema schema = new ConfigSchema(KeyReference.read());
    LobleKeys.LOBLE.describe("", null, schema::addUnlessId);
    LobleKeys.LISTENER.describe(Tables.LISTENER, null, schema::addIfShort);
    PoolKeys.BACKEND.describe(Tables.BACKENDS + "[]", null, schema::add);
    PoolKeys.BALANCER.describe(Tables.BALANCER, null, schema::add);
    HealthKeys.HEALTH.describe(Tables.HEALTH, null, schema::add);
    TcpKeys.TCP.describe(Tables.TCP, null, schema::add);
    return schema.tree.root();
  }

  /** The id is part of a whole document, but not of the file. */
  private void addUnlessId(
      String key, String expected, JsonObject type, @Nullable Object fallback) {
    if (!key.equals("id")) {
      add(key, expected, type, fallback);
    }
  }

  /** Of a listener, what its short form may say. */
  private void addIfShort(String key, String expected, JsonObject type, @Nullable Object fallback) {
    String first = key.split("\\.", -1)[1].replace("[]", "");
    if (PlainForm.LISTENER_KEYS.contains(first)) {
      add(key, expected, type, fallback);
    }
  }

  private void add(String key, String expected, JsonObject type, @Nullable Object fallback) {
    JsonObject described = type.copy();
    boolean inherited = INHERITED.matcher(key).matches();
    if (fallback != null && !inherited) {
      described.put("default", fallback);
    }
    described.put("description", description(key, expected));
    boolean required = fallback == null && !inherited;
    tree.put(List.of(key.split("\\.", -1)), described, required);
  }

  private String description(String key, String expected) {
    String value = "Value: " + expected + '.';
    return reference.meaning(key).map(meaning -> sentence(meaning) + "\n\n" + value).orElse(value);
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + '.';
  }
}
