package io.loble.play;

import java.util.Map;

/**
 * What had been counted at some moment since the scenario began.
 *
 * @param values by subject and name, as {@link #key} joins them
 */
record Counts(Map<String, Long> values) {

  Counts {
    values = Map.copyOf(values);
  }

  /** 0 for what was never seen. */
  long of(String subject, String name) {
    return values.getOrDefault(key(subject, name), 0L);
  }

  /** How the pool of that name is called as a subject. */
  static String pool(String name) {
    return "pool." + name;
  }

  static String key(String subject, String name) {
    return subject + "." + name;
  }
}
