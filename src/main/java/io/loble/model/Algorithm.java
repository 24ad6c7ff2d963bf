package io.loble.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a pool chooses among its backends, with the names that configuration files use. */
public enum Algorithm {
  ROUND_ROBIN("round_robin", "rr"),
  LEAST_CONNECTIONS("least_connections", "lc"),
  RANDOM("random", "rand"),
  SOURCE_HASH("source_hash", "sticky"),
  P2C("p2c"),
  PEAK_EWMA("peak_ewma"),
  MAGLEV("maglev"),
  LEAST_BANDWIDTH("least_bandwidth"),
  ADAPTIVE("adaptive");

  private final String label;
  private final @Nullable String shortName;

  Algorithm(String label) {
    this(label, null);
  }

  Algorithm(String label, @Nullable String shortName) {
    this.label = label;
    this.shortName = shortName;
  }

  /** The full name, as the status and the effective configuration print it. */
  public String label() {
    return label;
  }

  /** What configuration files may use: the full name first, then its abbreviation. */
  public Stream<String> names() {
    return Stream.concat(Stream.of(label), Stream.ofNullable(shortName));
  }

  /** The full name, with its abbreviation in parentheses. */
  public String describe() {
    return shortName == null ? label : label + " (" + shortName + ")";
  }

  /** Whether it depends on who the client is. */
  public boolean hashes() {
    return this == SOURCE_HASH || this == MAGLEV;
  }

  /** Whether it depends on how long backends take to answer. */
  public boolean needsLatency() {
    return this == PEAK_EWMA || this == ADAPTIVE;
  }

  /** Whether the weights of backends are learnt. */
  public boolean learns() {
    return this == ADAPTIVE;
  }

  /** The algorithm of that full or short name, whatever its case. */
  public static Optional<Algorithm> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(a -> a.names().anyMatch(wanted::equals)).findFirst();
  }
}
