package io.loble.sim;

import java.util.Comparator;
import java.util.List;

/** Finds what somebody who misspelt a key may have meant. */
final class NearestKey {

  private static final int FAR = 3;

  private NearestKey() {}

  /** Names the nearest known key, or all of them when none is near. */
  static String hint(String key, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
        .filter(nearest -> distance(key, nearest) <= FAR)
        .map(nearest -> "did you mean \"" + nearest + "\"?")
        .orElse("known are " + String.join(", ", known));
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
