package io.loble.cli;

import io.loble.config.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loble schema}: what editors want to know of configurations. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of the configuration, for editors.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class SchemaCommand implements Callable<Integer> {

  /** Of what there is a schema. */
  enum Of {
    TOML,
    CONF
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "toml",
      paramLabel = "toml|conf",
      description = "Of the TOML file (the default), or of the JSON that -conf takes.")
  private Of of = Of.TOML;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JsonObject schema = of == Of.TOML ? ConfigSchema.ofToml() : ConfigSchema.ofConf();
    PrintWriter out = spec.commandLine().getOut();
    out.println(schema.encodePrettily());
    out.flush();
    return ExitCodes.DONE;
  }
}
