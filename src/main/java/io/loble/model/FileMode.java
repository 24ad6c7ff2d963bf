package io.loble.model;

import java.util.Optional;

/**
 * Who may do what with a file, as {@code chmod} takes it. Whoever may write to the file of a Unix
 * socket may connect to it.
 *
 * @param bits 0 to 0777
 */
public record FileMode(int bits) {

  /** The owner and the group. */
  public static final FileMode OWNER_AND_GROUP = new FileMode(0660);

  /** What can be parsed. */
  public static final String EXPECTED =
      "a mode of three octal digits, with or without a zero before them, such as \"0660\"";

  /** Reads {@code 0660} or {@code 660}; empty when the text is not of that form. */
  public static Optional<FileMode> parse(String text) {
    return text.matches("0?[0-7]{3}")
        ? Optional.of(new FileMode(Integer.parseInt(text, 8)))
        : Optional.empty();
  }

  /** Four octal digits. */
  @Override
  public String toString() {
    return "%04o".formatted(bits);
  }
}
