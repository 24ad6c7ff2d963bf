package io.loble.model;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The path of a Unix socket: {@code unix:/run/app.sock}.
 *
 * @param path absolute, and of at most {@value #MAX_BYTES} bytes
 */
public record UnixPath(String path) implements Address {

  /** What comes before the path where an address is written. */
  public static final String PREFIX = "unix:";

  /** As much as {@code sun_path} of {@code unix(7)} holds, with a zero behind it. */
  public static final int MAX_BYTES = 107;

  /** Whether a text is meant to be one. */
  public static boolean isMeant(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Reads {@code unix:/path}, in which slashes that have no meaning are left out.
   *
   * @return empty when the text is not of that form
   */
  public static Optional<UnixPath> parse(String text) {
    return isMeant(text) && fault(text).isEmpty()
        ? Optional.of(new UnixPath(Path.of(path(text)).toString()))
        : Optional.empty();
  }

  /** What is wrong with a text that is meant to be one; empty when nothing is. */
  public static Optional<String> fault(String text) {
    String path = path(text);
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (!path.startsWith("/")) {
      return Optional.of("the path of a Unix socket begins with a slash: unix:/run/app.sock");
    }
    if (bytes > MAX_BYTES) {
      return Optional.of(
          "the path is %d bytes long; that of a Unix socket has at most %d"
              .formatted(bytes, MAX_BYTES));
    }
    return path.endsWith("/") || path.indexOf(0) >= 0 || !isPath(path)
        ? Optional.of("is not the path of a file; write one such as unix:/run/app.sock")
        : Optional.empty();
  }

  private static boolean isPath(String text) {
    try {
      return Path.of(text).isAbsolute();
    } catch (InvalidPathException e) {
      // It has characters that this system's character set for files does not have.
      return false;
    }
  }

  private static String path(String text) {
    return text.substring(PREFIX.length());
  }

  @Override
  public boolean mayClashWith(Address other) {
    return equals(other);
  }

  /** {@code unix:/path}. */
  @Override
  public String toString() {
    return PREFIX + path;
  }
}
