package io.loble.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory that a Java process needs: live objects, and everything that is resident outside its heap.
 */
record JvmMemory(long liveBytes, long nativeBytes) {

  private static final int PATIENCE_SECONDS = 30;

  /** A part of the heap: what is in use, and its addresses from the first to the last reserved. */
  private static final Pattern SPACE =
      Pattern.compile("total \\d+K, used (\\d+)K \\[0x(\\p{XDigit}+),.*? 0x(\\p{XDigit}+)\\)");

  /** Collects its garbage first. Empty for a collector that does not say what its heap holds. */
  static Optional<JvmMemory> of(Path directory, long pid) throws IOException, InterruptedException {
    jcmd(directory, pid, "GC.run");
    Matcher space = SPACE.matcher(jcmd(directory, pid, "GC.heap_info"));
    long live = 0;
    long from = -1;
    long to = 0;
    while (space.find()) {
      live += Long.parseLong(space.group(1)) * 1024;
      long start = Long.parseUnsignedLong(space.group(2), 16);
      from = Long.compareUnsigned(start, from) < 0 ? start : from;
      to = Math.max(to, Long.parseUnsignedLong(space.group(3), 16));
    }
    return live == 0
        ? Optional.empty()
        : Optional.of(new JvmMemory(live, ProcStat.residentBytesOutside(pid, from, to)));
  }

  private static String jcmd(Path directory, long pid, String command)
      throws IOException, InterruptedException {
    return Child.run(
        directory,
        PATIENCE_SECONDS,
        List.of(Tools.jdk("jcmd").toString(), Long.toString(pid), command));
  }
}
