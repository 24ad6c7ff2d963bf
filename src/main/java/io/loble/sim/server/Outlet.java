package io.loble.sim.server;

import io.loble.sim.Resets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of answers to one client: in order, not faster than the bandwidth, nothing while the
 * connection is half-open, and a reset after the byte that is to be the last. Lives on its socket's
 * event loop.
 *
 * <p>It holds what it is given, so callers must first ask whether it {@link #isFree}.
 */
final class Outlet {

  /** What it tells. */
  interface Watcher {

    /** Bytes were given to the socket. */
    void sent();

    /** Something that was waiting has gone; called after a wait only. */
    void freed();
  }

  private final Channel channel;
  private final ServerState state;
  private final Watcher watcher;
  private final Throttle throttle = new Throttle();
  private final Deque<ByteBuf> queue = new ArrayDeque<>();
  private long sent;
  private boolean cut;
  private @Nullable Future<?> timer;
  private @Nullable Runnable whenSent;

  Outlet(Channel channel, ServerState state, Watcher watcher) {
    this.channel = channel;
    this.state = state;
    this.watcher = watcher;
  }

  /** Takes the next bytes; a copy of them, and they go with the next {@link #flush}. */
  void write(Buffer bytes) {
    if (bytes.length() > 0 && channel.isActive() && !cut) {
      ByteBuf source = ((BufferInternal) bytes).getByteBuf().duplicate();
      queue.add(channel.alloc().ioBuffer(source.readableBytes()).writeBytes(source));
      move();
    }
  }

  /** Whether more may be written: nothing waits here, and not too much in the socket. */
  boolean isFree() {
    return queue.isEmpty() && !cut && channel.isWritable();
  }

  /** Whether something waits here. */
  boolean isHolding() {
    return !queue.isEmpty();
  }

  void flush() {
    channel.flush();
  }

  /** Calls back when all that was written has gone to the kernel; nothing may follow it. */
  void whenSent(Runnable callback) {
    whenSent = callback;
    tellWhenSent();
  }

  /** The settings have changed, or the socket takes more. */
  void retry() {
    if (isHolding()) {
      go();
    }
  }

  /** The connection has ended: nothing goes any more. */
  void release() {
    stopTimer();
    queue.forEach(ByteBuf::release);
    queue.clear();
  }

  private void go() {
    move();
    flush();
    if (queue.isEmpty()) {
      watcher.freed();
    }
  }

  private void move() {
    stopTimer();
    while (!queue.isEmpty() && !cut && channel.isWritable()) {
      ServerFaults faults = state.settings().behaviour().faults();
      long left = faults.resetAfter() == 0 ? Long.MAX_VALUE : faults.resetAfter() - sent;
      if (faults.halfOpen()) {
        return;
      }
      if (left > 0 && !give(left, faults.bandwidth())) {
        return;
      }
      if (faults.resetAfter() > 0 && sent >= faults.resetAfter()) {
        cut();
      }
    }
    tellWhenSent();
  }

  /** Gives the socket what may go now; false when nothing may yet. */
  private boolean give(long most, long bandwidth) {
    ByteBuf head = queue.element();
    long now = System.nanoTime();
    int size = throttle.take((int) Math.min(most, head.readableBytes()), bandwidth, now);
    if (size == 0) {
      long wait = throttle.nanosLeft(now);
      timer = channel.eventLoop().schedule(this::go, wait, TimeUnit.NANOSECONDS);
      return false;
    }
    sent += size;
    state.stats().sent(size);
    watcher.sent();
    boolean whole = size == head.readableBytes();
    channel.write(whole ? queue.remove() : head.readRetainedSlice(size), channel.voidPromise());
    return true;
  }

  private void cut() {
    cut = true;
    state.stats().reset();
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> Resets.afterArrival(channel));
  }

  private void tellWhenSent() {
    Runnable callback = whenSent;
    if (callback != null && queue.isEmpty() && !cut) {
      whenSent = null;
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> callback.run());
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
