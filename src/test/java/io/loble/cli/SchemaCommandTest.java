package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.schema.SchemaCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code loble schema} prints what an editor can use. */
class SchemaCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutAWordItIsThatOfTheTomlFile() {
    JsonObject schema = schema("schema");

    assertThat(schema.getString("$schema")).contains("2020-12");
    JsonObject weight = new JsonObject().put("address", "10.0.0.1:80").put("weight", 300);
    JsonObject file = new JsonObject().put("backends", new JsonArray().add(weight));
    assertThat(SchemaCheck.errors(schema, file))
        .singleElement()
        .asString()
        .isEqualTo(".backends[0].weight: 300 is above 256");
    assertThat(schema("schema", "toml")).isEqualTo(schema);
  }

  @Test
  void thatOfConfIsThereToo() {
    JsonObject conf = new JsonObject().put("reload_interval", "soon").put("instances", 2);

    assertThat(SchemaCheck.errors(schema("schema", "conf"), conf))
        .singleElement()
        .asString()
        .startsWith(".reload_interval: soon does not match");
  }

  @Test
  void anythingElseIsRefusedWithWhatThereIs() {
    assertThat(run("schema", "yaml")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).containsIgnoringCase("toml, conf").contains("yaml");
  }

  private JsonObject schema(String... arguments) {
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isEqualTo(ExitCodes.DONE);
    return new JsonObject(out.toString());
  }

  private int run(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(arguments);
  }
}
