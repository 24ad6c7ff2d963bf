package io.loble.config.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with files that keys name, in the order in which it was found. */
final class FileFaults {

  /**
   * One thing that is wrong.
   *
   * @param key that names the file, within its table, such as {@code certificates[0].cert}
   * @param what names the file
   */
  record Fault(String key, String what) {}

  private final List<Fault> all = new ArrayList<>();

  void add(String key, String what) {
    all.add(new Fault(key, what));
  }

  List<Fault> all() {
    return List.copyOf(all);
  }

  /**
   * @throws IOException with the first of them, and how many more there are
   */
  void throwIfAny() throws IOException {
    if (!all.isEmpty()) {
      Fault first = all.get(0);
      String more = all.size() == 1 ? "" : "; and " + (all.size() - 1) + " more errors";
      throw new IOException(first.key() + ": " + first.what() + more);
    }
  }
}
