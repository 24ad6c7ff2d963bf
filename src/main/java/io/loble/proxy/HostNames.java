package io.loble.proxy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a name among names and patterns of names. */
final class HostNames {

  private static final String WILDCARD = "*";

  private HostNames() {}

  /**
   * The name among those of a route that a client's is; null when none is. Takes one look for each
   * label of the client's.
   *
   * @param names in lower case; {@code *.example.com} is every name below {@code example.com}
   */
  static @Nullable String among(Set<String> names, String asked) {
    if (names.contains(asked)) {
      return asked;
    }
    for (int dot = asked.indexOf('.'); dot >= 0; dot = asked.indexOf('.', dot + 1)) {
      String pattern = WILDCARD + asked.substring(dot);
      if (names.contains(pattern)) {
        return pattern;
      }
    }
    return null;
  }
}
