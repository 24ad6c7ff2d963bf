package io.loble.config;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What clients get in place of an error of Loble's own. The file is named, not read.
 *
 * @param file its path, which ends in {@code .html}, {@code .json} or {@code .txt}
 */
public record ErrorPage(String file) {

  private static final Map<String, String> TYPES =
      Map.of(
          ".html", "text/html; charset=utf-8",
          ".json", "application/json",
          ".txt", "text/plain");

  /** The endings that a file may have. */
  public static final String ENDINGS =
      TYPES.keySet().stream().sorted().collect(Collectors.joining(", "));

  public ErrorPage {
    if (type(file).isEmpty()) {
      throw new IllegalArgumentException(file + ": ends in none of " + ENDINGS);
    }
  }

  /** A page in that file; empty where its ending does not say what it has in it. */
  public static Optional<ErrorPage> of(String file) {
    return type(file).map(known -> new ErrorPage(file));
  }

  /** What it is served as. */
  public String contentType() {
    return type(file).orElseThrow();
  }

  private static Optional<String> type(String file) {
    int dot = file.lastIndexOf('.');
    String ending = dot < 0 ? "" : file.substring(dot);
    return Optional.ofNullable(TYPES.get(ending));
  }
}
