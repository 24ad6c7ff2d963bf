package io.loble.config.read;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything found wrong so far. The same thing found twice is kept once. */
public final class Problems {

  private static final Comparator<ConfigError> IN_READING_ORDER =
      Comparator.comparingInt(Problems::rank)
          .thenComparingInt(ConfigError::line)
          .thenComparingInt(ConfigError::column);

  private final Set<ConfigError> errors = new LinkedHashSet<>();
  private final boolean ofPart;

  public Problems() {
    this(false);
  }

  private Problems(boolean ofPart) {
    this.ofPart = ofPart;
  }

  /** Those of a document that others are put over: what it does not say, they may. */
  public static Problems ofPart() {
    return new Problems(true);
  }

  /** Whether what the document does not say is no problem. */
  boolean areOfPart() {
    return ofPart;
  }

  /** A key has to be given and is not. */
  void missing(Place place, String expected) {
    if (!ofPart) {
      add(place, "missing; expected " + expected);
    }
  }

  public void addAll(Problems others) {
    errors.addAll(others.errors);
  }

  public void add(Place place, String reason) {
    String key = place.key().isEmpty() ? null : place.key();
    errors.add(new ConfigError(place.source(), place.line(), place.column(), key, reason));
  }

  /** The node is of another kind than is expected there. */
  public void unexpected(Node node, String expected) {
    add(node.place(), "expected " + expected + ", found " + node.described());
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * Ends the work if there is anything wrong.
   *
   * @throws ConfigException with all of it, files first, then {@code -conf}, then the environment
   */
  public void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      List<ConfigError> sorted = new ArrayList<>(errors);
      sorted.sort(IN_READING_ORDER);
      throw new ConfigException(sorted);
    }
  }

  private static int rank(ConfigError error) {
    return switch (error.source()) {
      case ConfigError.CONF -> 1;
      case ConfigError.ENVIRONMENT -> 2;
      default -> 0;
    };
  }
}
