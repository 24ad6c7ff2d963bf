package io.loble.proxy;

import java.io.IOException;

/** Bytes that were taken from a source, and that its sink has not taken yet. */
sealed interface Backlog permits CopiedBacklog, Pipe {

  /** Gives the sink as much as it takes; when not all, its socket tells when it takes more. */
  void emptyInto(EpollSocket sink) throws IOException;

  boolean isEmpty();

  /** Gives back what held the bytes, and drops those that are left. */
  void release();
}
