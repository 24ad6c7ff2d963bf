package io.loble.control;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a live connection is called, such as {@code w1-42}.
 *
 * @param loop the name of its event loop
 * @param number which of its connections it is
 */
record ConnectionId(String loop, long number) {

  private static final Pattern FORM = Pattern.compile("(w\\d{1,9})-(\\d{1,18})");

  static Optional<ConnectionId> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ConnectionId(form.group(1), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return loop + "-" + number;
  }
}
