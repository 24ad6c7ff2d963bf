package io.loble.config;

/**
 * What pools, listeners and backends may be called: whatever can be a segment of a path, and stand
 * on a line of a log. Of {@code .} and {@code ..} every client makes another path, and what was
 * meant for a backend would be done to its pool.
 */
final class Names {

  /** What is not wrong with a name, to stand behind "a name that is not empty". */
  static final String RULE = "neither \".\" nor \"..\", and without control characters";

  private Names() {}

  static boolean isUsable(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(Character::isISOControl);
  }
}
