package io.loble.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the process's limit of file descriptors allows. */
final class Descriptors {

  /** Kept for files, listeners, probes and the admin interface. */
  private static final int RESERVED = 128;

  /** This share is kept for clients that are accepted in a burst, before they can be refused. */
  private static final int BURST_SHARE = 8;

  /** Pipes may take this share. */
  private static final int PIPES_SHARE = 32;

  /** Of a connection, the client's and the backend's; of a pipe, its two ends. */
  private static final int FOR_EACH = 2;

  private Descriptors() {}

  /** How many client connections there may be. */
  static int forConnections() {
    long all = limit();
    return count(all - RESERVED - all / BURST_SHARE - all / PIPES_SHARE);
  }

  /** How many pipes there may be. */
  static int forPipes() {
    return count(limit() / PIPES_SHARE);
  }

  private static int count(long descriptors) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, descriptors / FOR_EACH));
  }

  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
