package io.loble.net.epoll;

import io.loble.net.BulkPolicy;
import io.loble.net.Stream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket of epoll, without a channel around it. To another of its kind it relays through the
 * event loop's one buffer, or, once a direction has proved to be bulk, by {@code splice(2)} without
 * a copy, until it goes quiet.
 *
 * <p>Holds nothing while its socket takes what comes. What it does not take (one buffer or one pipe
 * at the most, of a peer of its kind) waits as backlog, and the peer reads nothing until it is
 * gone.
 */
final class EpollStream extends Stream implements EpollSocket.Events {

  /** How many reads in a row before others get their turn. */
  private static final int ROUNDS = 16;

  private final EpollLoop loop;
  private final EpollSocket socket;
  private final BulkPolicy bulk;

  /** The peer, where it is of this kind. */
  private @Nullable EpollStream direct;

  /** What waits for this side's socket. */
  private @Nullable Backlog backlog;

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
    this.bulk = loop.tuning().policy().get();
    note(ready);
  }

  // Events.

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

  // From the source.

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
    return readable && !readsNoMore() && (isConnected() ? sinkTakes() : isReadFirst());
  }

  private boolean isBehindBacklog() {
    return isConnected() && !sinkTakes();
  }

  private boolean sinkTakes() {
    EpollStream sink = direct;
    return sink == null ? peerTakes() : sink.backlog == null;
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
    if (!isConnected()) {
      most = Math.min(most, roomForFirst());
    }
    int count = socket.read(loop.bufferAddress(), most);
    if (count < 0) {
      sourceHasEnded();
      return;
    }
    // Less than was asked for means that no more is there, and that an event will tell of more.
    // But there is none after the one that told of the end, and urgent data cuts a read short.
    readable = count == most || (count > 0 && (ending || urgent));
    if (count == 0) {
      return;
    }
    if (isConnected()) {
      bulk.read(count);
      relaying(count);
      push(count);
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
      sink.takeFromBuffer(count);
    }
  }

  private void splice(Pipe pipe, EpollStream sink) throws IOException {
    int count = fill(pipe);
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
    sink.take(pipe);
    owner().relayed(this, count);
    owner().spliced(count);
  }

  private int fill(Pipe pipe) throws IOException {
    try {
      return pipe.fillFrom(socket, loop.tuning().spliceSize());
    } catch (IOException e) {
      pipe.release();
      throw e;
    }
  }

  // To the sink.

  /** Takes that much of the event loop's buffer. */
  private void takeFromBuffer(int count) {
    int taken;
    try {
      taken = socket.write(loop.bufferAddress(), 0, count);
    } catch (IOException e) {
      owner().cannotWrite(this);
      return;
    }
    if (taken < count) {
      backlog = new CopiedBacklog(loop.copyOfBuffer(taken, count));
    }
  }

  private void take(Backlog taken) {
    backlog = taken;
    empty(taken);
  }

  @Override
  protected void write(ByteBuf data) {
    if (socket.isClosing()) {
      data.release();
    } else if (backlog == null) {
      take(new CopiedBacklog(data));
    } else {
      backlog = backlog.followedBy(data);
    }
  }

  @Override
  protected void flush() {
    // What is written is on its way already.
  }

  @Override
  protected boolean takesMore() {
    return backlog == null;
  }

  @Override
  protected void peerTakesMore() {
    // A channel may tell while it is given bytes: reading more in there would have no end.
    if (!pulling) {
      pull();
    }
  }

  /** The socket takes bytes again. */
  private void drainBacklog() {
    Backlog waiting = backlog;
    if (waiting == null) {
      return;
    }
    owner().active();
    if (empty(waiting)) {
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

  /** Whether nothing is left of it. */
  private boolean empty(Backlog waiting) {
    try {
      waiting.emptyInto(socket);
    } catch (IOException e) {
      dropBacklog();
      owner().cannotWrite(this);
      return false;
    }
    if (!waiting.isEmpty()) {
      return false;
    }
    dropBacklog();
    return true;
  }

  private void dropBacklog() {
    if (backlog != null) {
      backlog.release();
      backlog = null;
    }
  }

  @Override
  protected void tellWhenFlushed() {
    if (backlog == null) {
      flushed();
    }
  }

  // As the owner says.

  @Override
  public void shutdownOutput() {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    dropBacklog();
    socket.closeSoon();
  }

  @Override
  public void reset() {
    dropBacklog();
    socket.reset();
  }

  @Override
  public boolean hasPendingWrites() {
    return backlog != null;
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
  public boolean isEnding() {
    return ending;
  }

  @Override
  public boolean hasSpliced() {
    return spliced;
  }
}
