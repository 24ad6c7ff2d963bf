package io.loble.config.read;

import java.nio.charset.StandardCharsets;

/**
 * What pools, listeners and backends may be called: whatever can be a segment of a path, and stand
 * on a line of a log and in a table without making it lie. Of {@code .} and {@code ..} every client
 * makes another path, and what was meant for a backend would be done to its pool.
 */
public final class Names {

  /** What is not wrong with a name, to stand behind "a name that is not empty". */
  public static final String RULE =
      "neither \".\" nor \"..\", of at most 255 bytes, and without control or invisible characters";

  /** Bounds what a name takes in every metric, log line and path. */
  private static final int MAX_BYTES = 255;

  private Names() {}

  public static boolean isUsable(String name) {
    return !name.equals(".") && !name.equals("..") && isShort(name) && InvisibleText.isFreeOf(name);
  }

  private static boolean isShort(String name) {
    return name.length() <= MAX_BYTES && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
