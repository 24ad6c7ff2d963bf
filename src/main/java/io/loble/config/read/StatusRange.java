package io.loble.config.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP status codes from one to another, both included. */
public record StatusRange(int min, int max) {

  private static final Pattern FORM = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

  /** Reads {@code 204} or {@code 200-399}; empty for anything else. */
  static Optional<StatusRange> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int min = Integer.parseInt(matcher.group(1));
    int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
    return min <= max ? Optional.of(new StatusRange(min, max)) : Optional.empty();
  }

  @Override
  public String toString() {
    return min == max ? String.valueOf(min) : min + "-" + max;
  }
}
