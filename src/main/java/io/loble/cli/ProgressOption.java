package io.loble.cli;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a line of progress is printed. */
final class ProgressOption {

  @Option(
      names = {"-progress", "--progress"},
      paramLabel = "TIME",
      description = "Interval of progress lines, 0 for none; default 1s.")
  private @Nullable String time;

  @Option(names = "--no-progress", description = "The same as --progress=0.")
  private boolean none;

  /**
   * What was asked for here, else in the settings, else a second.
   *
   * @return zero for none
   */
  Duration interval(ClientSettings settings) throws ConfigException {
    if (none) {
      return Duration.ZERO;
    }
    if (time != null) {
      return ClientSettings.interval("--progress", time);
    }
    return settings.progress().orElse(Duration.ofSeconds(1));
  }
}
