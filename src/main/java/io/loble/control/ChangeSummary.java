package io.loble.control;

import java.util.List;

/**
 * The steps of a change in short: a version that is kept may have changed thousands of backends.
 *
 * @param shown the first steps, in words
 * @param more how many there were besides
 */
record ChangeSummary(List<String> shown, int more) {

  static final ChangeSummary NOTHING = new ChangeSummary(List.of(), 0);

  private static final int MOST_STEPS = 5;
  private static final int MOST_CHARACTERS = 200;

  static ChangeSummary of(List<Step> steps) {
    List<String> shown =
        steps.stream().limit(MOST_STEPS).map(step -> cut(step.change().text())).toList();
    return new ChangeSummary(shown, steps.size() - shown.size());
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }
}
