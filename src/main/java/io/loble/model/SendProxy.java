package io.loble.model;

import java.util.Locale;

/** Which header of the PROXY protocol goes to a backend in front of what a client says. */
public enum SendProxy {
  /** None. */
  OFF,
  /** A line of text. */
  V1,
  /** The binary one. */
  V2;

  /** As the configuration has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
