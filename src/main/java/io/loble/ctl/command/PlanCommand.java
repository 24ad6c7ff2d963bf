package io.loble.ctl.command;

import io.loble.config.source.TextFile;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.ctl.view.Sentences;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl plan}. */
@Command(name = "plan", description = "Shows what a file would change, without changing anything.")
final class PlanCommand extends Action {

  private static final String STANDARD_INPUT = "-";

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The TOML file; - for standard input.")
  private String file = "";

  @Override
  void run(Session session) throws CtlException {
    JsonObject plan = session.client().object(Request.sendToml("config/plan", content()));
    session.print(plan, () -> text(Sentences.steps(plan)) + hidden(plan) + warnings(plan));
  }

  private static String text(String steps) {
    return steps.isEmpty() ? "nothing would change" : steps.stripTrailing();
  }

  /** A line for each key of the file that has no effect. */
  private static String hidden(JsonObject plan) {
    return plan.getJsonArray("hidden", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .map(
            key -> "\n" + key.getString("key") + " has no effect: " + key.getString("by") + " wins")
        .collect(Collectors.joining());
  }

  /** A line for each probable mistake. */
  private static String warnings(JsonObject plan) {
    return plan.getJsonArray("warnings", new JsonArray()).stream()
        .map(warning -> "\nwarning: " + warning)
        .collect(Collectors.joining());
  }

  private String content() throws CtlException {
    try {
      return TextFile.decode(
          file.equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(Path.of(file)));
    } catch (CharacterCodingException e) {
      throw CtlException.usage(file + " " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw CtlException.usage(file + ": no such file");
    } catch (InvalidPathException | IOException e) {
      throw CtlException.usage(file + " cannot be read: " + e.getMessage());
    }
  }
}
