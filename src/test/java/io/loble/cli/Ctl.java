package io.loble.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Gives {@code ctl} commands through the front door. */
final class Ctl {

  /** What a command answered. */
  record Answer(int code, String out, String err) {}

  private Ctl() {}

  /** A command to that balancer. */
  static Answer run(FakeAdmin admin, String... arguments) {
    return bare(with(arguments, "--admin", admin.address()));
  }

  /** The same on a terminal that shows colours. */
  static Answer runOnTerminal(FakeAdmin admin, String... arguments) {
    CommandLine commands = Main.commandLine().setColorScheme(Help.defaultColorScheme(Ansi.ON));
    return execute(commands, with(arguments, "--admin", admin.address()));
  }

  /** The same when nobody reads what it prints, as after {@code | head -1}. */
  static int runUnheard(FakeAdmin admin, String... arguments) {
    String[] all = with(new String[] {"ctl"}, with(arguments, "--admin", admin.address()));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    nowhere.close();
    return Main.commandLine().setOut(nowhere).execute(all);
  }

  /** A command with nothing added. */
  static Answer bare(String... arguments) {
    return execute(Main.commandLine(), arguments);
  }

  private static Answer execute(CommandLine commands, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        commands
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(with(new String[] {"ctl"}, arguments));
    return new Answer(code, out.toString(), err.toString());
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }
}
