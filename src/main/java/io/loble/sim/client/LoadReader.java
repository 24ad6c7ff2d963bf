package io.loble.sim.client;

import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.sim.Settings;
import java.time.Duration;
import java.util.Optional;

/** Reads how clients begin from {@code -conf} and from the environment, which wins. */
final class LoadReader {

  static final double DEFAULT_RATE = 2;

  private static final double MAX_RATE = 100_000;
  private static final int MAX_CONNECTIONS = 10_000_000;
  private static final String CHOOSE =
      "choose one: a rate of new clients a second, or a number of connections at all times";

  private LoadReader() {}

  static Load read(TableReader conf, TableReader environment) {
    Duration rampUp = conf.read("ramp_up", Settings.DURATION_OR_ZERO).orElse(Duration.ZERO);
    Load configured = read(conf, "rate", "connections", new Load.OpenLoop(DEFAULT_RATE, rampUp));
    return read(environment, "CLIENT_RATE", "CLIENT_CONNECTIONS", configured);
  }

  private static Load read(TableReader reader, String rate, String connections, Load fallback) {
    Optional<Integer> number = reader.read(connections, Scalars.between(1, MAX_CONNECTIONS));
    double perSecond = reader.read(rate, Scalars.positive(MAX_RATE)).orElse(DEFAULT_RATE);
    if (reader.has(rate) && reader.has(connections)) {
      reader.error(connections, "cannot stand beside " + rate + "; " + CHOOSE);
      return fallback;
    }
    if (number.isPresent()) {
      return new Load.ClosedLoop(number.get(), fallback.rampUp());
    }
    return reader.has(rate) ? new Load.OpenLoop(perSecond, fallback.rampUp()) : fallback;
  }
}
