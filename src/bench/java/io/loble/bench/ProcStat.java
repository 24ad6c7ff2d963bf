package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says of processes, in {@code /proc}. */
final class ProcStat {

  /** In which unit Linux tells processor time to programs, on every architecture that Java has. */
  private static final double TICKS_PER_SECOND = 100;

  /** Places of utime and stime behind the name, which may hold blanks itself. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private ProcStat() {}

  /** Processor time that these processes have used so far, in user and kernel mode. */
  static double cpuSeconds(List<Long> pids) throws IOException {
    long ticks = 0;
    for (long pid : pids) {
      String stat = Files.readString(of(pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Memory that they hold; what they share counts once for each. */
  static long residentBytes(List<Long> pids) throws IOException {
    long kibibytes = 0;
    for (long pid : pids) {
      for (String line : Files.readAllLines(of(pid, "status"))) {
        if (line.startsWith("VmRSS:")) {
          kibibytes += kibibytes(line);
        }
      }
    }
    return kibibytes * 1024;
  }

  /** Memory that a process holds outside a range of addresses. */
  static long residentBytesOutside(long pid, long from, long to) throws IOException {
    long kibibytes = 0;
    boolean outside = true;
    for (String line : Files.readAllLines(of(pid, "smaps"))) {
      int dash = line.indexOf('-');
      if (dash > 0 && dash < line.indexOf(' ') && Character.digit(line.charAt(0), 16) >= 0) {
        long start = Long.parseUnsignedLong(line.substring(0, dash), 16);
        outside = Long.compareUnsigned(start, from) < 0 || Long.compareUnsigned(start, to) >= 0;
      } else if (outside && line.startsWith("Rss:")) {
        kibibytes += kibibytes(line);
      }
    }
    return kibibytes * 1024;
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static Path of(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
