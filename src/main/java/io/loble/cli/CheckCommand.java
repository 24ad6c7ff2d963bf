package io.loble.cli;

import io.loble.TransportChoice;
import io.loble.config.LaunchOptions;
import io.loble.config.ListenerConfig;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.config.source.EffectiveConfig;
import io.vertx.core.transport.Transport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code loble check}: says what {@code run} would run with, or all that is wrong with it. */
@Command(
    name = "check",
    description =
        "Prints the effective configuration, then warnings and OK to standard error; or every"
            + " error.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  @Mixin private final BalancerConf conf = new BalancerConf();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    LaunchOptions launch = ConfigLoader.launchOptions(conf.read(), System.getenv());
    LoadedConfig loaded = ConfigLoader.loadAll(launch, System.getenv());
    Transport transport = TransportChoice.of(launch.transport());
    spec.commandLine().getOut().print(EffectiveConfig.toToml(loaded.config()));
    spec.commandLine().getOut().flush();
    judge(launch.source(), loaded, transport.name());
    return ExitCodes.DONE;
  }

  /** On the error stream, so that standard output is a file that can be used. */
  private void judge(String source, LoadedConfig loaded, String transport) {
    PrintWriter err = spec.commandLine().getErr();
    loaded.allWarnings().forEach(w -> err.println("warning: " + source + ": " + w));
    if (!transport.equals("epoll")) {
      loaded.config().listeners().stream()
          .filter(ListenerConfig::excludesIpv4)
          .forEach(l -> err.println("warning: " + source + ": " + needsEpoll(l, transport)));
    }
    err.println("OK");
    err.flush();
  }

  private static String needsEpoll(ListenerConfig listener, String transport) {
    return "listener '%s': v6only needs transport epoll; with %s it cannot be opened"
        .formatted(listener.name(), transport);
  }
}
