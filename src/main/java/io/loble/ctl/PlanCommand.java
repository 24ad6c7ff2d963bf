package io.loble.ctl;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ctl plan}. */
@Command(name = "plan", description = "Shows what a file would change, changing nothing.")
final class PlanCommand extends Action {

  private static final String STANDARD_INPUT = "-";

  @Parameters(index = "0", paramLabel = "FILE", description = "The TOML file; - for the input.")
  private String file = "";

  @Override
  void run(Session session) throws CtlException {
    JsonObject plan = session.client().object(Request.sendToml("config/plan", content()));
    session.print(plan, () -> text(Sentences.steps(plan)));
  }

  private static String text(String steps) {
    return steps.isEmpty() ? "nothing would change" : steps;
  }

  private String content() throws CtlException {
    try {
      return file.equals(STANDARD_INPUT)
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw CtlException.usage(file + ": no such file");
    } catch (InvalidPathException | IOException e) {
      throw CtlException.usage(file + " cannot be read: " + e.getMessage());
    }
  }
}
