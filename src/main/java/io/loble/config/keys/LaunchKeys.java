package io.loble.config.keys;

import io.loble.config.LaunchOptions;
import io.loble.config.Transport;
import io.loble.config.read.Codec;
import io.loble.config.read.Field;
import io.loble.config.read.JsonDocument;
import io.loble.config.read.Names;
import io.loble.config.read.Node;
import io.loble.config.read.Problems;
import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.Schemas;
import io.loble.config.read.Section;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of the JSON that {@code -conf} names. */
public final class LaunchKeys {

  static final String DEFAULT_ID = "lb-1";
  static final String DEFAULT_FILE = "conf/loble.toml";
  static final ScalarCodec<String> ID_TEXT =
      Scalars.text(
              "a name that is not empty, " + Names.RULE + ", such as \"lb-1\"",
              s -> !s.isBlank() && Names.isUsable(s))
          .describedBy(Schemas.name());

  /** More than machines have cores; each takes an event loop, its buffers and its sockets. */
  private static final int MAX_INSTANCES = 1024;

  private static final Field<LaunchOptions, String> ID =
      Field.optional("id", ID_TEXT, LaunchOptions::id, DEFAULT_ID);
  private static final Field<LaunchOptions, String> CONFIG =
      Field.optional(
          "config",
          Scalars.text("the path of a TOML file, or \"\" for none", s -> true),
          LaunchOptions::config,
          DEFAULT_FILE);
  private static final Field<LaunchOptions, Duration> RELOAD_INTERVAL =
      Field.optional(
          "reload_interval",
          Scalars.durationOfAtLeast(Duration.ofMillis(10)),
          LaunchOptions::reloadInterval,
          Duration.ofMillis(500));
  private static final Field<LaunchOptions, Integer> INSTANCES =
      Field.optional(
          "instances",
          Scalars.between(0, MAX_INSTANCES, "each is an event loop, and one a core is enough"),
          LaunchOptions::instances,
          0);
  private static final Field<LaunchOptions, Transport> TRANSPORT =
      Field.optional(
          "transport", Scalars.choice(Transport.class), LaunchOptions::transport, Transport.AUTO);
  private static final Field<LaunchOptions, JsonObject> OVERRIDES =
      Field.optional("overrides", new Document(), LaunchOptions::overrides, new JsonObject());

  public static final Section<LaunchOptions> LAUNCH =
      new Section<>(
          v ->
              new LaunchOptions(
                  v.get(ID),
                  v.get(CONFIG),
                  v.get(RELOAD_INTERVAL),
                  v.get(INSTANCES),
                  v.get(TRANSPORT),
                  v.get(OVERRIDES)),
          ID,
          CONFIG,
          RELOAD_INTERVAL,
          INSTANCES,
          TRANSPORT,
          OVERRIDES);

  private LaunchKeys() {}

  /** A document in the document, which is validated on its own later. */
  private record Document() implements Codec<JsonObject> {

    @Override
    public Optional<JsonObject> read(Node node, @Nullable JsonObject base, Problems problems) {
      if (node instanceof Node.Table table) {
        return Optional.of(JsonDocument.write(table));
      }
      problems.unexpected(node, "an object with keys of the TOML file");
      return Optional.empty();
    }

    @Override
    public JsonObject write(JsonObject value) {
      return value.copy();
    }

    @Override
    public void describe(String key, @Nullable JsonObject fallback, KeyVisitor visitor) {
      visitor.key(key, "an object with keys of the TOML file", Schemas.table(), fallback);
    }
  }
}
