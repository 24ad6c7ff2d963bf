package io.loble.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What one side has sent before it was joined to another, and who looks at it. */
final class Opening {

  private @Nullable ByteBuf held;
  private @Nullable Preface preface;
  private int most;

  /** From now on, what has come and what comes is shown to this preface. */
  void read(Preface next, int atMost) {
    preface = next;
    most = atMost;
  }

  /** Whether a preface waits for more. */
  boolean isAwaited() {
    return preface != null;
  }

  /** Whether anything has come. */
  boolean isRead() {
    return held != null && held.isReadable();
  }

  /** How many more bytes may be held. */
  int room() {
    return Math.max(0, most - size());
  }

  void add(ByteBuf data) {
    if (held == null) {
      held = data;
      return;
    }
    try {
      held = room(held, data.readableBytes()).writeBytes(data);
    } finally {
      data.release();
    }
  }

  /** What came in one piece may be a slice with no room behind it. */
  private static ByteBuf room(ByteBuf before, int needed) {
    if (before.maxWritableBytes() >= needed && !before.isReadOnly()) {
      return before.discardSomeReadBytes();
    }
    ByteBuf larger = before.alloc().directBuffer(before.readableBytes() + needed);
    larger.writeBytes(before);
    before.release();
    return larger;
  }

  /** Shows what there is to the preface. */
  void more(boolean ended) {
    Preface reader = preface;
    if (reader == null) {
      return;
    }
    boolean last = ended || room() == 0;
    ByteBuf shown = held == null ? Unpooled.EMPTY_BUFFER : held;
    // Before it is called: it may ask for another one to follow it.
    preface = null;
    boolean enough = reader.read(shown, last);
    if (!enough && !last && preface == null) {
      preface = reader;
    }
  }

  /** What was not skipped, which is the caller's now; null when there is nothing. */
  @Nullable ByteBuf take() {
    ByteBuf taken = held;
    held = null;
    preface = null;
    if (taken == null || taken.isReadable()) {
      return taken;
    }
    taken.release();
    return null;
  }

  void release() {
    ByteBuf dropped = held;
    held = null;
    preface = null;
    if (dropped != null) {
      dropped.release();
    }
  }

  private int size() {
    return held == null ? 0 : held.readableBytes();
  }
}
