package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class TomlConfigProcessorTest {

  @Test
  void a_retriever_reads_toml_files(Vertx vertx, VertxTestContext context, @TempDir Path directory)
      throws IOException {
    String toml =
        """
        title = "x"
        day = 2026-01-02
        at = 2026-01-02T03:04:05Z
        clock = 03:04:05
        [a.b]
        n = 3
        f = 0.5
        on = true
        [[items]]
        list = [1, 2]
        """;
    retrieve(vertx, directory, toml)
        .getConfig()
        .onComplete(
            context.succeeding(
                json ->
                    context.verify(
                        () -> {
                          assertThat(json).isEqualTo(expected());
                          context.completeNow();
                        })));
  }

  @Test
  void a_syntax_error_fails_with_line_and_column(
      Vertx vertx, VertxTestContext context, @TempDir Path directory) throws IOException {
    retrieve(vertx, directory, "[listener]\naddress = 0.0.0.0:9000\n")
        .getConfig()
        .onComplete(
            context.failing(
                failure ->
                    context.verify(
                        () -> {
                          assertThat(failure)
                              .isInstanceOf(ConfigException.class)
                              .hasMessageStartingWith("toml:2:14: not valid TOML: Unexpected '.'");
                          context.completeNow();
                        })));
  }

  @Test
  void every_syntax_error_is_reported() {
    assertThatThrownBy(() -> TomlDocument.parse("f", "[listener\nx = \n"))
        .hasMessageContaining("f:1:10: ")
        .hasMessageContaining("f:2:5: ");
  }

  private ConfigRetriever retrieve(Vertx vertx, Path directory, String toml) throws IOException {
    Path file = Files.writeString(directory.resolve("x.toml"), toml);
    ConfigStoreOptions store =
        new ConfigStoreOptions()
            .setType("file")
            .setFormat("toml")
            .setConfig(new JsonObject().put("path", file.toString()));
    return ConfigRetriever.create(vertx, new ConfigRetrieverOptions().addStore(store));
  }

  private static JsonObject expected() {
    return new JsonObject()
        .put("title", "x")
        .put("day", "2026-01-02")
        .put("at", "2026-01-02T03:04:05Z")
        .put("clock", "03:04:05")
        .put(
            "a",
            new JsonObject().put("b", new JsonObject().put("n", 3).put("f", 0.5).put("on", true)))
        .put("items", new JsonArray().add(new JsonObject().put("list", new JsonArray("[1,2]"))));
  }
}
