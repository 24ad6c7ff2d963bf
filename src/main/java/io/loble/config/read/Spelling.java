package io.loble.config.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one may mean. */
public final class Spelling {

  private Spelling() {}

  /** The nearest of the known names, if it is near enough to be a slip of the keyboard. */
  static Optional<String> nearest(String name, Collection<String> known) {
    int tolerated = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(k -> distance(name, k) <= tolerated)
        .min(Comparator.comparingInt(k -> distance(name, k)));
  }

  /**
   * The same for a key of a table: another balancer's word for one of ours is worth more than
   * letters that are alike.
   */
  static String keyHint(String name, Collection<String> known) {
    return ForeignWords.key(name, known)
        .map(k -> "did you mean '" + k + "'?")
        .or(() -> ForeignWords.keyElsewhere(name).map(k -> "did you mean " + k + "?"))
        .orElseGet(() -> hint(name, known));
  }

  /** "did you mean 'x'?", or a list of what is known where nothing is near. */
  public static String hint(String name, Collection<String> known) {
    return nearest(name, known)
        .map(k -> "did you mean '" + k + "'?")
        .orElseGet(() -> "known here: " + String.join(", ", known));
  }

  /** How many letters must be inserted, deleted or replaced to make one word of the other. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
