package io.loble.net;

import io.loble.model.Bandwidth;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One side of a connection: a socket, and the relay of what is read from it to its peer, the stream
 * of the other side.
 *
 * <p>A stream knows how to move bytes, but not what an end, a reset or a silence means for the
 * connection: that is its {@link StreamOwner}'s to decide, which it tells of them. The streams of a
 * connection may be of two kinds, and run on one event loop, on which everything is called.
 *
 * <p>A side that does not take bytes stops its peer from reading, so that what is held in memory is
 * bounded.
 */
public abstract class Stream implements StreamSocket {

  private @Nullable StreamOwner owner;
  private @Nullable Stream peer;
  private @Nullable Opening opening;
  private @Nullable PacedReads pacing;
  private long bytes;
  private boolean stopped;
  private boolean sourceEnded;
  private boolean relaysEnd;
  private boolean delivered;
  private boolean flushAwaited;

  // For the owner.

  /** Says whose stream this is; comes before anything else. May be said again, of another one. */
  public void belongTo(StreamOwner streamOwner) {
    owner = streamOwner;
  }

  /**
   * Reads what the side sends before it is joined to another. May be called again when the last
   * preface has seen enough; what that has left is shown to this one at once.
   *
   * @param most how many bytes are held at the most
   */
  public final void readFirst(Preface preface, int most) {
    Opening begun = opening == null ? new Opening() : opening;
    opening = begun;
    begun.read(preface, most);
    if (begun.isRead()) {
      begun.more(sourceEnded);
    }
    if (begun.isAwaited()) {
      readMore();
    }
  }

  /** Sends bytes to this side, before what will be relayed to it. Takes the buffer over. */
  public final void send(ByteBuf first) {
    write(first);
    flush();
  }

  /**
   * Begins a handshake: everything is encrypted from now on but for what was sent before. What this
   * side has sent and no preface has skipped is part of the handshake. {@link
   * StreamOwner#handshakeEnded} follows. Then the end of what the side sends is what its protocol
   * says, and a FIN without that is as good as a reset.
   *
   * @throws UnsupportedOperationException where the stream's kind is not {@link StreamKind#CHANNEL}
   */
  public void encrypt(Encryption encryption) {
    throw new UnsupportedOperationException("this stream has no pipeline");
  }

  /**
   * Gives what this side sends to other handlers from now on, what no preface has skipped included:
   * it is never joined to a peer. What it sends and is sent is still counted; the owner is told of
   * {@link StreamOwner#received}, {@link StreamOwner#sent}, {@link StreamOwner#sourceEnded} and
   * {@link StreamOwner#failed}. It can be closed and reset as before.
   *
   * @throws UnsupportedOperationException where the stream's kind is not {@link StreamKind#CHANNEL}
   */
  public void handOver(Handover taker) {
    throw new UnsupportedOperationException("this stream has no pipeline");
  }

  /**
   * Holds what is read from this side to a bandwidth from now on; comes before {@link #join}. A
   * side that has used up its portion is not read for a while.
   *
   * @param bandwidth one that {@linkplain Bandwidth#isBounded is bounded}
   * @param pauses those of this event loop
   */
  public final void pace(Bandwidth bandwidth, ReadPauses pauses) {
    pacing = new PacedReads(bandwidth, pauses, this::readAfterPause, () -> owner().abort());
  }

  /** Begins to relay between two sides what they have sent so far, and what they will send. */
  public static void join(Stream one, Stream other) {
    one.peer = other;
    other.peer = one;
    one.beginRelay();
    other.beginRelay();
  }

  private void beginRelay() {
    Opening first = opening;
    if (first != null && !stopped) {
      opening = null;
      relayFirst(first.take());
    }
    begin();
  }

  private void relayFirst(@Nullable ByteBuf first) {
    if (first == null) {
      return;
    }
    int count = first.readableBytes();
    relaying(count);
    peer().write(first);
    owner().relayed(this, count);
    peer().flush();
    paceAfter(count);
  }

  /** Relays no more: what is still to come from the source is dropped. */
  public void stop() {
    stopped = true;
    if (pacing != null) {
      pacing.stop();
    }
    if (opening != null) {
      opening.release();
      opening = null;
    }
  }

  /**
   * Sends the source's end on to the peer, after all bytes; {@link StreamOwner#delivered} follows.
   */
  public final void relayEnd() {
    relaysEnd = true;
    peer().tellWhenFlushed();
  }

  /** Calls {@link StreamOwner#flushed} when all that was relayed to this side has left us. */
  public final void awaitFlush() {
    flushAwaited = true;
    tellWhenFlushed();
  }

  /** Sends a FIN to this side, whose peer has nothing more to say. */
  public abstract void shutdownOutput();

  /** Closes this side. */
  public abstract void close();

  /** Closes this side with a reset, so that it cannot take a cut stream for a finished one. */
  public abstract void reset();

  /** Whether any byte that came from this side was relayed without leaving the kernel. */
  public abstract boolean hasSpliced();

  /** The stream of the other side. */
  public Stream peer() {
    if (peer == null) {
      throw new IllegalStateException("not connected");
    }
    return peer;
  }

  /** Bytes taken from the source to be relayed. */
  public final long bytes() {
    return bytes;
  }

  /** Whether the source has sent its FIN, and every byte before it was read. */
  public final boolean hasEnded() {
    return sourceEnded;
  }

  /** Whether the source is known to have sent its last byte, read or not. */
  public boolean isEnding() {
    return sourceEnded;
  }

  /** Whether nothing is read from the source any more, so that its end would not be noticed. */
  public final boolean readsNoMore() {
    return sourceEnded || stopped;
  }

  /** Whether this side is not read for a while, since it has used up its bandwidth. */
  public final boolean isPaused() {
    return pacing != null && pacing.isPaused();
  }

  /** Whether all bytes and the end after them were handed to the peer's kernel. */
  public final boolean isDelivered() {
    return delivered;
  }

  // For the kinds of streams.

  /** A pause is over: reads on, unless something else is in the way. */
  protected abstract void readAfterPause();

  /** Called once both sides are there, and what was read first has been relayed. */
  protected abstract void begin();

  /** Reads once, while there is no peer: what comes is to be given to {@link #cameFirst}. */
  protected abstract void readMore();

  /**
   * Gives this side bytes, which are sent with the next {@link #flush} at the latest. What the
   * socket does not take waits. Takes the buffer over. Tells the owner when it cannot.
   */
  protected abstract void write(ByteBuf data);

  /** Sends what was written. */
  protected abstract void flush();

  /** Whether the peer may read for this side: not while much waits for its socket. */
  protected abstract boolean takesMore();

  /** The peer takes more bytes again. */
  protected abstract void peerTakesMore();

  /** Calls {@link #flushed} as soon as nothing waits for this side's socket any more. */
  protected abstract void tellWhenFlushed();

  protected final boolean peerTakes() {
    return peer().takesMore();
  }

  protected final void writeToPeer(ByteBuf data) {
    peer().write(data);
  }

  protected final void flushPeer() {
    peer().flush();
  }

  protected final void tellPeerOfRoom() {
    peer().peerTakesMore();
  }

  protected final StreamOwner owner() {
    if (owner == null) {
      throw new IllegalStateException("has no owner");
    }
    return owner;
  }

  protected final boolean isConnected() {
    return peer != null;
  }

  protected final boolean isStopped() {
    return stopped;
  }

  /** Whether the owner waits until nothing is left for this side. */
  protected final boolean isFlushAwaited() {
    return flushAwaited || (peer != null && peer.relaysEnd && !peer.delivered);
  }

  /** Whether a flush that fails is as good as one that succeeds: the side is given up anyway. */
  protected final boolean isGivenUp() {
    return flushAwaited;
  }

  /** Nothing waits for this side's socket any more. */
  protected final void flushed() {
    if (flushAwaited) {
      owner().flushed(this);
    } else if (isFlushAwaited()) {
      peer().allDelivered();
    }
  }

  private void allDelivered() {
    delivered = true;
    owner().delivered(this);
  }

  /** That many bytes are about to be relayed. */
  protected final void relaying(int count) {
    owner().relaying(this);
    bytes += count;
  }

  /** That many bytes came from a side that was handed over. */
  protected final void received(int count) {
    bytes += count;
    owner().received(this);
  }

  /** The source has ended that was handed over. */
  protected final void receivedEnd() {
    if (!sourceEnded) {
      sourceEnded = true;
      owner().sourceEnded(this);
    }
  }

  /** How many bytes of so many may be read from this side at once. */
  protected final int pacedRead(int most) {
    return pacing == null ? most : pacing.atMost(most);
  }

  /** That many bytes were read, and relayed: this side may be {@linkplain #isPaused paused} now. */
  protected final void paceAfter(int count) {
    if (pacing != null && !stopped) {
      pacing.moved(count);
    }
  }

  /** The source has ended; while there is no peer yet, {@link #begin} is to call this again. */
  protected final void sourceHasEnded() {
    boolean news = !sourceEnded;
    sourceEnded = true;
    if (stopped) {
      return;
    }
    if (peer != null) {
      owner().sourceEnded(this);
    } else if (news && opening != null && opening.isAwaited()) {
      opening.more(true);
    }
  }

  /** Whether a preface waits for more of what this side sends. */
  protected final boolean isReadFirst() {
    return opening != null && opening.isAwaited();
  }

  /** What came first and was not skipped, which is the caller's now; null when there is nothing. */
  protected final @Nullable ByteBuf takeFirst() {
    Opening first = opening;
    opening = null;
    return first == null ? null : first.take();
  }

  /** How many bytes may be read for the preface that waits. */
  protected final int roomForFirst() {
    return opening == null ? 0 : opening.room();
  }

  /**
   * Holds what came before there was a peer, and shows it to the preface that waits for it. Takes
   * the buffer over.
   */
  protected final void cameFirst(ByteBuf data) {
    Opening first = opening == null ? new Opening() : opening;
    opening = first;
    first.add(data);
    if (first.isAwaited()) {
      first.more(false);
    }
  }
}
