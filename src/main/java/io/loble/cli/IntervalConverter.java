package io.loble.cli;

import io.loble.config.Durations;
import io.loble.sim.server.ServerSettings;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how often a line of statistics is wanted. */
final class IntervalConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .filter(interval -> !interval.isZero())
        .filter(interval -> interval.compareTo(ServerSettings.MAX_INTERVAL) <= 0)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected a duration such as 500ms, 2s or 1m, up to 24h, found \""
                        + text
                        + "\""));
  }
}
