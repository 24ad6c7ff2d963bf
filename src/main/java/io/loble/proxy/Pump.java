package io.loble.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection: its socket, and the relay of what is read from it to the socket of its
 * peer, the pump of the other direction.
 *
 * <p>A pump knows how to move bytes, but not what an end, a reset or a silence means for the
 * connection: that is its {@link Session}'s to decide, which it tells of them. Both pumps of a
 * session are of one kind, and run on one event loop.
 *
 * <p>A peer that does not take bytes stops this pump from reading, so that what it holds in memory
 * is bounded.
 */
abstract class Pump {

  private @Nullable Session session;
  private @Nullable Pump peer;
  private long bytes;
  private boolean stopped;
  private boolean sourceEnded;
  private boolean delivered;

  /** Says whose pump this is; comes before anything else. */
  void belongTo(Session owner) {
    session = owner;
  }

  /** Begins to relay between two sides what they have sent so far, and what they will send. */
  static void join(Pump one, Pump other) {
    one.peer = other;
    other.peer = one;
    one.begin();
    other.begin();
  }

  /** Relays no more: what is still to come from the source is dropped. */
  void stop() {
    stopped = true;
  }

  /** Sends the source's end on to the peer, after all bytes; {@link Session#delivered} follows. */
  abstract void relayEnd();

  /** Sends a FIN to this side, whose peer has nothing more to say. */
  abstract void shutdownOutput();

  /** Closes this side. */
  abstract void close();

  /** Closes this side with a reset, so that it cannot take a cut stream for a finished one. */
  abstract void reset();

  /** Calls {@link Session#flushed} when all that was relayed to this side has left the process. */
  abstract void awaitFlush();

  /** Whether bytes that are meant for this side wait for its socket to take them. */
  abstract boolean hasPendingWrites();

  /** Whether this side's kernel can be asked for {@link #hasUnsentBytes}. */
  abstract boolean tellsOfUnsentBytes();

  /**
   * Whether this side's kernel holds bytes that the other end's kernel has not acknowledged; false
   * where it cannot be asked.
   */
  abstract boolean hasUnsentBytes();

  /** Whether the kernel has given up this side, where no event has told so yet. */
  abstract boolean isDead();

  /**
   * Has the kernel ask this side whether it is there when nothing has come from it for that long; a
   * side that does not answer is reset.
   */
  abstract void keepAlive(Duration idle);

  /**
   * Has the kernel reset this side when what was sent to it has waited for that long to be
   * acknowledged; does nothing where the kernel cannot be told.
   */
  abstract void limitUnanswered(Duration most);

  /** Whether any byte was relayed without leaving the kernel. */
  abstract boolean hasSpliced();

  /** Called once both sides are there. */
  protected abstract void begin();

  /** The pump of the other direction. */
  Pump peer() {
    if (peer == null) {
      throw new IllegalStateException("not connected");
    }
    return peer;
  }

  /** Bytes taken from the source to be relayed. */
  final long bytes() {
    return bytes;
  }

  /** Whether the source has sent its FIN, and every byte before it was read. */
  final boolean hasEnded() {
    return sourceEnded;
  }

  /** Whether the source is known to have sent its last byte, read or not. */
  boolean isEnding() {
    return sourceEnded;
  }

  /** Whether nothing is read from the source any more, so that its end would not be noticed. */
  final boolean readsNoMore() {
    return sourceEnded || stopped;
  }

  /** Whether all bytes and the end after them were handed to the peer's kernel. */
  final boolean isDelivered() {
    return delivered;
  }

  protected final Session session() {
    if (session == null) {
      throw new IllegalStateException("belongs to no session");
    }
    return session;
  }

  protected final boolean isConnected() {
    return peer != null;
  }

  protected final boolean isStopped() {
    return stopped;
  }

  /** That many bytes are about to be relayed. */
  protected final void relaying(int count) {
    session().relaying(this);
    bytes += count;
  }

  /** The source has ended; while there is no peer yet, {@link #begin} is to call this again. */
  protected final void sourceHasEnded() {
    sourceEnded = true;
    if (!stopped && peer != null) {
      session().sourceEnded(this);
    }
  }

  protected final void allDelivered() {
    delivered = true;
    session().delivered(this);
  }
}
