package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever shape a document has, it gives a valid configuration or errors that say where. */
class ArbitraryDocumentTest {

  private static final List<String> NAMES =
      List.of(
          "listener",
          "listeners",
          "backends",
          "pools",
          "default",
          "balancer",
          "health",
          "active",
          "admin",
          "metrics",
          "address",
          "name",
          "pool",
          "algorithm",
          "type",
          "token_file",
          "tls",
          "cert",
          "id",
          "weight",
          "timeouts",
          "idle",
          "");

  @Property(tries = 500)
  void it_loads_or_is_refused_with_reasons(@ForAll("documents") JsonObject document) {
    try {
      LobleConfig config = Loading.load(Loading.MINIMAL, document, Map.of("LB_ALGO", "lc"));
      assertThat(ConfigJson.read(ConfigJson.write(config))).isEqualTo(config);
    } catch (ConfigException e) {
      assertThat(e.errors()).isNotEmpty().allMatch(error -> !error.reason().isBlank());
    }
  }

  @Provide
  Arbitrary<JsonObject> documents() {
    return tables(3);
  }

  private static Arbitrary<JsonObject> tables(int depth) {
    return Arbitraries.maps(Arbitraries.of(NAMES), values(depth)).ofMaxSize(4).map(JsonObject::new);
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.of("", "default", "0.0.0.0:9000", "1.1.1.1:80", "expect", "3s", 1, 0.5, true);
    if (depth == 0) {
      return scalars;
    }
    return Arbitraries.oneOf(
        scalars, tables(depth - 1), tables(depth - 1).list().ofMaxSize(3).map(JsonArray::new));
  }
}
