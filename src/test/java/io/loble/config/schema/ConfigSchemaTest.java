package io.loble.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.keys.ConfigJson;
import io.loble.config.keys.HealthKeys;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PoolKeys;
import io.loble.config.keys.TcpKeys;
import io.loble.config.read.Codec;
import io.loble.config.read.JsonDocument;
import io.loble.config.source.TomlDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema says what the reader says. */
class ConfigSchemaTest {

  /** Of every kind something, right and wrong for this key or that. */
  private static final List<Object> VALUES =
      List.of(
          true,
          "0660",
          "unix:/run/app.sock",
          0,
          1,
          2,
          -1,
          16,
          17,
          100,
          204,
          256,
          257,
          599,
          600,
          1_024,
          1_025,
          65_535,
          100_000,
          0.1,
          0.5,
          0.6,
          -0.1,
          "",
          " ",
          "x",
          "a name",
          "web",
          "a\tb",
          "ü".repeat(130),
          "x".repeat(255),
          "x".repeat(256),
          ".",
          "3s",
          "0s",
          "3",
          "s",
          "1ms",
          "250ms",
          "1m30s",
          "30s1m",
          "1h2m3s4ms",
          "8760h",
          "8761h",
          "9h6m7s",
          "ready",
          "drain",
          "leaving",
          "rr",
          "sticky",
          "client",
          "client_port",
          "round_robin",
          "fastest",
          "RR",
          "tcp",
          "http",
          "expect",
          "info",
          "trace",
          "json",
          "text",
          "auto",
          "off",
          "v1",
          "epoll",
          "127.0.0.1:9001",
          "[::1]:9001",
          "[::1%eth0]:9001",
          "localhost:80",
          "0.0.0.0:0",
          "host",
          ":80",
          "a:b:1",
          "[a]:1",
          "x:99999",
          "/",
          "/healthz",
          "/a b",
          "/\u00a0",
          "no/slash",
          "204",
          "200-399",
          "399-200",
          "99-200",
          "default",
          "off",
          "postgres",
          "none",
          "TLSv1.3",
          "10.0.0.0/8",
          "https",
          "http/1.1",
          "h2",
          "4KiB",
          "65KiB",
          "Lax",
          new JsonArray(),
          new JsonArray().add("10.0.0.0/8"),
          new JsonArray().add("x"),
          new JsonArray().add("10.0.0.5").add("fd00::1"),
          new JsonArray().add(1),
          new JsonArray().add(502).add(503),
          new JsonArray().add("GET"),
          new JsonArray().add("get"),
          new JsonObject().put("x-a", "b"),
          new JsonObject().put("502", "a.html"),
          "forever",
          "https://10.0.0.1:6443",
          new JsonArray().add("10.0.0.10").add("[fd00::1]:5353"),
          new JsonObject(),
          new JsonObject().put("a", 1));

  /** Keys of a listener that balances requests. */
  private static final Pattern OF_REQUESTS =
      Pattern.compile(
          "listeners?(\\[])?\\.(http\\..*|trusted_proxies"
              + "|routes\\[]\\.(host|path|method|header|order|strip_prefix|timeout|redirect))");

  /** A key of the schema, with what the reader says of it. */
  private record Key(String path, boolean hasDefault) {}

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsThereWithTypeDefaultAndMeaning(Key key) throws IOException {
    JsonObject schema = at(ConfigSchema.ofToml(), key.path());

    assertThat(schema.fieldNames()).containsAnyOf("type", "anyOf");
    assertThat(schema.getString("description"))
        .doesNotStartWith("Value: ")
        .contains("Value: ")
        .doesNotContain("](");
    assertThat(schema.containsKey("default")).isEqualTo(key.hasDefault());
  }

  /** Editors that mark what is right are switched off; what is wrong and passes, check tells. */
  @ParameterizedTest
  @MethodSource("keys")
  void whatTheReaderTakesTheSchemaTakes(Key key) throws IOException {
    JsonObject schema = ConfigSchema.ofToml();
    int taken = 0;
    for (Object value : VALUES) {
      JsonObject document = document(key.path(), value);
      if (isRead(document)) {
        taken++;
        assertThat(SchemaCheck.errors(schema, document)).as("%s = %s", key.path(), value).isEmpty();
      }
    }
    assertThat(taken).as("how many values of %s the reader took", key.path()).isPositive();
  }

  /** Where a schema can say all of it. */
  @ParameterizedTest
  @MethodSource("keys")
  void whatTheSchemaRefusesOfSimpleKindsTheReaderRefusesToo(Key key) throws IOException {
    JsonObject schema = ConfigSchema.ofToml();
    JsonObject own = at(schema, key.path());
    boolean simple = own.containsKey("enum") || !"string".equals(own.getValue("type"));
    for (Object value : VALUES) {
      boolean otherKind =
          own.containsKey("type")
              && !SchemaCheck.errors(new JsonObject().put("type", own.getValue("type")), value)
                  .isEmpty();
      if (simple || otherKind) {
        JsonObject document = document(key.path(), value);
        boolean passes = SchemaCheck.errors(schema, document).isEmpty();
        // A range the wrong way round, and text that a check of type expect needs.
        boolean special = "399-200".equals(value) || "expect".equals(value);
        assertThat(passes && !special && !isRead(document))
            .as("%s = %s", key.path(), value)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tomlFiles")
  void everySampleIsValid(Path file) throws IOException, ConfigException {
    assertThat(SchemaCheck.errors(ConfigSchema.ofToml(), toml(Files.readString(file)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("confFiles")
  void everySampleOfConfIsValid(Path file) throws IOException {
    JsonObject conf = new JsonObject(Files.readString(file));
    assertThat(SchemaCheck.errors(ConfigSchema.ofConf(), conf)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[listener]\nadress = '0.0.0.0:9000'",
        "[listener]\nreuse_port = true",
        "[listener]\naddress = '0.0.0.0:9000'\nname = 'x'",
        "[[backends]]\nweight = 1",
        "[[backends]]\naddress = '10.0.0.1:80'\nweight = 257",
        "[pools.web]\nalgorithm = 'fastest'",
        "[pools.web.health.active]\ninterval = 3",
        "[timeouts]\nidle = '5 minutes'",
        "[listeners]\nname = 'x'",
        "id = 'lb-1'",
        "[balancer]\nalgoritm = 'rr'",
      })
  void whatIsWrongIsMarked(String toml) throws IOException, ConfigException {
    assertThat(SchemaCheck.errors(ConfigSchema.ofToml(), toml(toml))).isNotEmpty();
  }

  @Test
  void whatConfMayOverrideIsWhatTheFileMaySay() throws IOException {
    JsonObject overrides = new JsonObject().put("limits", new JsonObject().put("max_pipes", -1));

    assertThat(
            SchemaCheck.errors(ConfigSchema.ofConf(), new JsonObject().put("overrides", overrides)))
        .singleElement()
        .asString()
        .startsWith(".overrides.limits.max_pipes");
    assertThat(SchemaCheck.errors(ConfigSchema.ofConf(), new JsonObject().put("instance", 1)))
        .isNotEmpty();
  }

  static Stream<Key> keys() {
    List<Key> keys = new ArrayList<>();
    Codec.KeyVisitor visitor =
        (key, expected, schema, fallback) ->
            keys.add(new Key(key, fallback != null && !isInherited(key)));
    PoolKeys.BALANCER.describe("balancer", null, visitor);
    HealthKeys.HEALTH.describe("health", null, visitor);
    TcpKeys.TCP.describe("tcp", null, visitor);
    PoolKeys.BACKEND.describe("backends[]", null, visitor);
    LobleKeys.LOBLE.describe("", null, visitor);
    LobleKeys.LISTENER.describe("listener", null, visitor);
    return keys.stream()
        .filter(key -> !List.of("id", "listener.name", "listener.pool").contains(key.path()));
  }

  private static boolean isInherited(String key) {
    return key.matches("(pools\\.NAME|listeners\\[]|listener)\\.(health|tcp)\\..*")
        || key.startsWith("pools.NAME.discover.backends.")
        || List.of("pools.NAME.algorithm", "pools.NAME.retries", "metrics.address").contains(key);
  }

  /** What the schema says of a key. */
  private static JsonObject at(JsonObject schema, String path) {
    JsonObject found = schema;
    for (String part : path.split("\\.", -1)) {
      if (part.equals("NAME")) {
        found = found.getJsonObject("additionalProperties");
      } else {
        found =
            Objects.requireNonNull(
                found.getJsonObject("properties").getJsonObject(part.replace("[]", "")), path);
        found = part.endsWith("[]") ? found.getJsonObject("items") : found;
      }
    }
    return found;
  }

  /** One in which a key has a value, and all is there that must be. */
  private static JsonObject document(String path, Object value) {
    JsonObject backend = new JsonObject().put("address", "10.0.0.1:80");
    JsonObject listener = new JsonObject().put("address", "127.0.0.1:9000");
    JsonObject document = new JsonObject();
    boolean list = path.startsWith("listeners[]");
    if (OF_REQUESTS.matcher(path).matches()) {
      listener.put("mode", "http");
    }
    if (list) {
      document.put(
          "listeners", new JsonArray().add(listener.put("name", "edge").put("pool", "web")));
    } else {
      document.put("listener", listener);
    }
    JsonObject pool = new JsonObject().put("backends", new JsonArray().add(backend));
    JsonObject pools = new JsonObject().put("web", pool);
    document.put("pools", pools);
    if (path.startsWith("backends[]")) {
      pools.remove("web");
      document.put("backends", new JsonArray().add(backend));
    } else if (!list) {
      pools.put("default", new JsonObject());
    }
    JsonObject table = document;
    String[] parts = path.replace("NAME", "web").split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      String part = parts[i].replace("[]", "");
      if (parts[i].endsWith("[]")) {
        if (part.equals("routes")) {
          String known = list ? "web" : "default";
          table.put(part, new JsonArray().add(route(path, known, value)));
        }
        table = table.getJsonArray(part).getJsonObject(0);
      } else {
        table.put(part, table.getJsonObject(part, minimal(parts[0], part)));
        table = table.getJsonObject(part);
      }
    }
    table.put(parts[parts.length - 1], value);
    return document;
  }

  /** A route in which a key can have a value. */
  private static JsonObject route(String path, String pool, Object value) {
    boolean redirects = path.endsWith(".redirect") && value.equals("https");
    JsonObject route = redirects ? new JsonObject() : new JsonObject().put("pool", pool);
    return path.endsWith(".strip_prefix") ? route.put("path", "/own") : route;
  }

  /** A table in which all is that must be. */
  private static JsonObject minimal(String outer, String table) {
    JsonObject files = new JsonObject().put("cert", "a.pem").put("key", "a.key");
    return switch (table) {
      case "tls" ->
          outer.startsWith("listener")
              ? new JsonObject().put("certificates", new JsonArray().add(files))
              : new JsonObject();
      case "discover" -> new JsonObject().put("dns", "db.internal:5432");
      case "kubernetes" -> new JsonObject().put("service", "postgres");
      default -> new JsonObject();
    };
  }

  private static boolean isRead(JsonObject document) {
    try {
      ConfigJson.read(document);
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private static JsonObject toml(String text) throws ConfigException {
    return JsonDocument.write(TomlDocument.parse("file", text));
  }

  static Stream<Path> tomlFiles() {
    return Stream.of("conf", "k8s").flatMap(start -> files(start, ".*\\.toml"));
  }

  static Stream<Path> confFiles() {
    return Stream.concat(files("conf", ".*/lb[^/]*\\.json"), files("conf/systemd", ".*\\.json"));
  }

  private static Stream<Path> files(String start, String pattern) {
    try (Stream<Path> all = Files.walk(Path.of(start))) {
      return all.filter(file -> file.toString().matches(pattern)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
