package io.loble.net.epoll;

import io.loble.net.BulkPolicy;
import io.loble.net.Stream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket of epoll, without a channel around it. To another of its kind it relays through the
 * event loop's one buffer, or, once a direction has proved to be bulk, by {@code splice(2)} without
 * a copy, until it goes quiet.
 *
 * <p>A side that is paused to hold it to a bandwidth is treated like one whose peer takes nothing.
 *
 * <p>What its socket does not take (at most one buffer or one pipe, of a peer of its kind) waits in
 * {@link Outgoing}, and the peer reads nothing until it is gone.
 */
final class EpollStream extends Stream implements EpollSocket.Events {

  /** How many reads in a row before others get their turn. */
  private static final int ROUNDS = 16;

  private final EpollLoop loop;
  private final EpollSocket socket;
  private final Outgoing outgoing;
  private final BulkPolicy bulk;

  /** The peer, where it is of this kind. */
  private @Nullable EpollStream direct;

  private boolean readable;
  private boolean ending;
  private boolean urgent;
  private boolean spliced;
  private boolean pulling;

  /**
   * A stream of a connected socket.
   *
   * @param ready what the socket has told so far
   */
  EpollStream(EpollLoop loop, EpollSocket socket, int ready) {
    this.loop = loop;
    this.socket = socket;
    this.outgoing = new Outgoing(loop, socket, () -> owner().cannotWrite(this));
    this.bulk = loop.tuning().policy().get();
    note(ready);
  }

  @Override
  public void ready(int ready) {
    note(ready);
    if (EpollSocket.has(ready, EpollSocket.WRITABLE)) {
      drainBacklog();
    }
    if (EpollSocket.has(ready, EpollSocket.BROKEN) && (readsNoMore() || !isConnected())) {
      owner().failed(this);
    } else {
      pull();
      if (EpollSocket.has(ready, EpollSocket.BROKEN) && isBehindBacklog()) {
        owner().goneBehindBacklog(this);
      }
    }
  }

  private void note(int ready) {
    boolean ends =
        EpollSocket.has(ready, EpollSocket.ENDED | EpollSocket.BROKEN | EpollSocket.HUNG_UP);
    readable |= ends || EpollSocket.has(ready, EpollSocket.READABLE);
    ending |= ends;
    urgent |= EpollSocket.has(ready, EpollSocket.URGENT);
  }

  @Override
  public void abort() {
    owner().abort();
  }

  @Override
  protected void begin() {
    direct = peer() instanceof EpollStream same ? same : null;
    if (hasEnded()) {
      // Read to its end before it was joined.
      sourceHasEnded();
    } else {
      pull();
    }
  }

  @Override
  protected void readMore() {
    pull();
  }

  private void pull() {
    pulling = true;
    for (int round = 0; round < ROUNDS && mayPull(); round++) {
      pullOnce();
    }
    pulling = false;
    if (mayPull()) {
      socket.tellAgain();
    } else if (ending && isBehindBacklog()) {
      owner().endsBehindBacklog(this);
    }
  }

  private boolean mayPull() {
    return readable && !readsNoMore() && (isConnected() ? mayRelay() : isReadFirst());
  }

  private boolean isBehindBacklog() {
    return isConnected() && !mayRelay();
  }

  private boolean mayRelay() {
    return sinkTakes() && !isPaused();
  }

  private boolean sinkTakes() {
    EpollStream sink = direct;
    return sink == null ? peerTakes() : sink.outgoing.isEmpty();
  }

  private void pullOnce() {
    try {
      EpollStream sink = direct;
      Pipe pipe = sink != null && bulk.splices() && !urgent ? loop.pipes().take() : null;
      if (pipe == null || sink == null) {
        copy();
      } else {
        splice(pipe, sink);
      }
    } catch (IOException e) {
      owner().failed(this);
    }
  }

  private void copy() throws IOException {
    int most = loop.tuning().readSize();
    most = isConnected() ? pacedRead(most) : Math.min(most, roomForFirst());
    int count = socket.read(loop.bufferAddress(), most);
    if (count < 0) {
      sourceHasEnded();
      return;
    }
    // Less than was asked for means that no more is there, and that an event will tell of more.
    // But there is none after the one that told of the end, and urgent data cuts a read short.
    readable = count == most || (count > 0 && (ending || urgent || !socket.readsWhole()));
    if (count == 0) {
      return;
    }
    if (isConnected()) {
      bulk.read(count);
      relaying(count);
      push(count);
      paceAfter(count);
      owner().relayed(this, count);
    } else {
      cameFirst(loop.copyOfBuffer(0, count));
    }
  }

  private void push(int count) {
    EpollStream sink = direct;
    if (sink == null) {
      writeToPeer(loop.copyOfBuffer(0, count));
      flushPeer();
    } else {
      sink.outgoing.writeBuffer(count);
    }
  }

  private void splice(Pipe pipe, EpollStream sink) throws IOException {
    int count = pipe.fillFrom(socket, pacedRead(loop.tuning().spliceSize()));
    if (count == 0) {
      pipe.release();
      bulk.drained();
      if (ending) {
        copy();
      } else {
        readable = false;
      }
      return;
    }
    spliced = true;
    bulk.spliced(count);
    relaying(count);
    sink.outgoing.write(pipe);
    paceAfter(count);
    owner().relayed(this, count);
    owner().spliced(count);
  }

  @Override
  protected void write(ByteBuf data) {
    outgoing.write(data);
  }

  @Override
  protected void flush() {
    // What is written is on its way already.
  }

  @Override
  protected boolean takesMore() {
    return outgoing.isEmpty();
  }

  @Override
  protected void peerTakesMore() {
    // A channel may tell while it is given bytes: reading more in there would have no end.
    if (!pulling) {
      pull();
    }
  }

  @Override
  protected void readAfterPause() {
    pull();
  }

  /** The socket takes bytes again. */
  private void drainBacklog() {
    if (outgoing.isEmpty()) {
      return;
    }
    owner().active();
    if (outgoing.writeMore()) {
      if (isFlushAwaited()) {
        flushed();
      } else if (isConnected()) {
        tellPeer();
      }
    }
  }

  private void tellPeer() {
    EpollStream source = direct;
    if (source == null) {
      tellPeerOfRoom();
    } else {
      source.pull();
    }
  }

  @Override
  protected void tellWhenFlushed() {
    if (outgoing.isEmpty()) {
      flushed();
    }
  }

  @Override
  public void shutdownOutput() {
    outgoing.shutdown();
  }

  @Override
  public void close() {
    outgoing.close();
  }

  @Override
  public void reset() {
    outgoing.reset();
  }

  @Override
  public boolean hasPendingWrites() {
    return !outgoing.isEmpty();
  }

  @Override
  public boolean tellsOfUnsentBytes() {
    return true;
  }

  @Override
  public boolean hasUnsentBytes() {
    return socket.hasUnsentBytes();
  }

  @Override
  public boolean isDead() {
    return socket.hasFailed();
  }

  @Override
  public void keepAlive(Duration idle) {
    socket.keepAlive(idle);
  }

  @Override
  public void limitUnanswered(Duration most) {
    socket.limitUnanswered(most);
  }

  @Override
  public @Nullable InetSocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public boolean isEnding() {
    return ending;
  }

  @Override
  public boolean hasSpliced() {
    return spliced;
  }
}
