package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file in which the parts between two comments are written by a program. */
record Document(Path file) {

  /** Replaces a part, or appends it where the file has none of that name. */
  void replace(String part, String text) throws IOException {
    String begin = "<!-- " + part + ": written by the benchmarks -->\n";
    String end = "<!-- end of " + part + " -->\n";
    String before = Files.exists(file) ? Files.readString(file) : "";
    int from = before.indexOf(begin);
    int to = before.indexOf(end, Math.max(from, 0));
    String block = begin + "\n" + text + "\n" + end;
    Files.writeString(
        file,
        from < 0 || to < 0
            ? before + (before.isEmpty() ? "" : "\n") + block
            : before.substring(0, from) + block + before.substring(to + end.length()));
  }
}
