package io.loble.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a pool chooses among its backends, with the names that configuration files use. */
public enum Algorithm {
  ROUND_ROBIN("round_robin", "rr"),
  LEAST_CONNECTIONS("least_connections", "lc"),
  RANDOM("random", "rand"),
  SOURCE_HASH("source_hash", "sticky");

  private final String label;
  private final String shortName;

  Algorithm(String label, String shortName) {
    this.label = label;
    this.shortName = shortName;
  }

  /** The full name, as the status and the effective configuration print it. */
  public String label() {
    return label;
  }

  /** The abbreviation that configuration files may use instead. */
  public String shortName() {
    return shortName;
  }

  /** The algorithm of that full or short name, whatever its case. */
  public static Optional<Algorithm> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(a -> a.label.equals(wanted) || a.shortName.equals(wanted))
        .findFirst();
  }
}
