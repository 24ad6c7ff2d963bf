package io.loble.ctl;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import io.loble.ctl.command.CtlOptions;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * Says what is wrong with a line of arguments: in JSON where that was asked for.
 *
 * @param name of the command whose lines these are
 * @param text says it in text
 */
record BadLine(String name, IParameterExceptionHandler text) implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) throws Exception {
    if (!Arrays.asList(arguments).containsAll(List.of(name, CtlOptions.JSON))) {
      return text.handleParseException(wrong, arguments);
    }
    CtlException problem = CtlException.usage(String.valueOf(wrong.getMessage()));
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(JsonText.pretty(problem.problem()));
    command.getErr().flush();
    return problem.exitCode();
  }
}
