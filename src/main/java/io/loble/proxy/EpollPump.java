package io.loble.proxy;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Relays between two sockets of epoll: through the event loop's one buffer, or, once a direction
 * has proved to be bulk, by {@code splice(2)} without a copy, until it goes quiet.
 *
 * <p>Holds nothing while its sink takes what comes. What the sink does not take (one buffer or one
 * pipe at the most) waits as backlog, and nothing is read until it is gone.
 */
final class EpollPump extends Pump implements EpollSocket.Events {

  /** How many reads in a row before others get their turn. */
  private static final int ROUNDS = 16;

  private final EpollLoop loop;
  private final EpollSocket socket;
  private final BulkPolicy bulk;
  private @Nullable Backlog backlog;
  private boolean readable;
  private boolean ending;
  private boolean urgent;
  private boolean spliced;
  private boolean relaysEnd;
  private boolean flushAwaited;

  /**
   * A pump of a connected socket.
   *
   * @param ready what the socket has told so far
   */
  EpollPump(EpollLoop loop, EpollSocket socket, int ready) {
    this.loop = loop;
    this.socket = socket;
    this.bulk = loop.tuning().policy().get();
    note(ready);
  }

  // Events.

  @Override
  public void ready(int ready) {
    note(ready);
    if (EpollSocket.has(ready, EpollSocket.WRITABLE) && isConnected()) {
      peer().drainBacklog();
    }
    if (EpollSocket.has(ready, EpollSocket.BROKEN) && (readsNoMore() || !isConnected())) {
      session().failed(this);
    } else {
      pull();
      if (EpollSocket.has(ready, EpollSocket.BROKEN) && backlog != null) {
        session().goneBehindBacklog(this);
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
    session().abort();
  }

  // From the source.

  @Override
  protected void begin() {
    pull();
  }

  private void pull() {
    for (int round = 0; round < ROUNDS && mayPull(); round++) {
      pullOnce();
    }
    if (mayPull()) {
      socket.tellAgain();
    } else if (ending && backlog != null) {
      session().endsBehindBacklog(this);
    }
  }

  private boolean mayPull() {
    return readable && backlog == null && isConnected() && !readsNoMore();
  }

  private void pullOnce() {
    try {
      Pipe pipe = bulk.splices() && !urgent ? loop.pipes().take() : null;
      if (pipe == null) {
        copy();
      } else {
        splice(pipe);
      }
    } catch (IOException e) {
      session().failed(this);
    }
  }

  private void copy() throws IOException {
    int most = loop.tuning().readSize();
    int count = socket.read(loop.bufferAddress(), most);
    if (count < 0) {
      sourceHasEnded();
      return;
    }
    // Less than was asked for means that no more is there, and that an event will tell of more.
    // But there is none after the one that told of the end, and urgent data cuts a read short.
    readable = count == most || (count > 0 && (ending || urgent));
    if (count > 0) {
      bulk.read(count);
      relaying(count);
      push(count);
      session().relayed(this, count);
    }
  }

  private void splice(Pipe pipe) throws IOException {
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
    push(pipe);
    session().relayed(this, count);
    session().spliced(count);
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

  private void push(int count) {
    int taken;
    try {
      taken = peer().socket.write(loop.bufferAddress(), 0, count);
    } catch (IOException e) {
      session().cannotWrite(peer());
      return;
    }
    if (taken < count) {
      backlog = loop.copyOfBuffer(taken, count);
    }
  }

  private void push(Backlog taken) {
    backlog = taken;
    empty(taken);
  }

  /** The sink takes bytes again. */
  private void drainBacklog() {
    Backlog waiting = backlog;
    if (waiting == null) {
      return;
    }
    session().active();
    if (empty(waiting)) {
      if (flushAwaited) {
        session().flushed(peer());
      } else if (relaysEnd) {
        allDelivered();
      } else {
        pull();
      }
    }
  }

  /** Whether nothing is left of it. */
  private boolean empty(Backlog waiting) {
    try {
      waiting.emptyInto(peer().socket);
    } catch (IOException e) {
      dropBacklog();
      session().cannotWrite(peer());
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
  void relayEnd() {
    relaysEnd = true;
    if (backlog == null) {
      allDelivered();
    }
  }

  // As the session says.

  @Override
  void shutdownOutput() {
    socket.shutdownOutput();
  }

  @Override
  void close() {
    dropWhatCannotArrive();
    socket.closeSoon();
  }

  @Override
  void reset() {
    dropWhatCannotArrive();
    socket.reset();
  }

  private void dropWhatCannotArrive() {
    if (isConnected()) {
      peer().dropBacklog();
    }
  }

  @Override
  void awaitFlush() {
    if (peer().backlog == null) {
      session().flushed(this);
    } else {
      peer().flushAwaited = true;
    }
  }

  @Override
  boolean hasPendingWrites() {
    return isConnected() && peer().backlog != null;
  }

  @Override
  boolean tellsOfUnsentBytes() {
    return true;
  }

  @Override
  boolean hasUnsentBytes() {
    return socket.hasUnsentBytes();
  }

  @Override
  boolean isDead() {
    return socket.hasFailed();
  }

  @Override
  void keepAlive(Duration idle) {
    socket.keepAlive(idle);
  }

  @Override
  void limitUnanswered(Duration most) {
    socket.limitUnanswered(most);
  }

  @Override
  boolean isEnding() {
    return ending;
  }

  @Override
  boolean hasSpliced() {
    return spliced;
  }

  @Override
  EpollPump peer() {
    return (EpollPump) super.peer();
  }
}
