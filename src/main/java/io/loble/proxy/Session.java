package io.loble.proxy;

import io.loble.model.Pool;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.net.StreamOwner;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from accept to report. It goes through the stages {@link Connecting},
 * {@link Relaying} and, where one side was reset, {@link Lingering}; each moves it on to the next.
 * What they share is here, and what is counted: exactly once each, whatever ends the connection.
 *
 * <p>Lives on one event loop, where both of its streams live too.
 */
final class Session extends DeadlineWheel.Entry implements StreamOwner {

  private final Worker worker;
  private final Listener listener;
  private final Pool pool;
  private final InetSocketAddress clientAddress;
  private final Stream client;
  private final Accounting accounting;
  private final long number;
  private final Lifetime lifetime;
  private Stage stage = Stage.ENDED;
  private @Nullable Stream backend;
  private boolean clientSpokeLast;
  private Ending ending = Ending.DONE;

  private Session(
      Worker worker, Listener listener, Pool pool, Stream client, InetSocketAddress clientAddress) {
    this.worker = worker;
    this.number = worker.sessions().nextNumber();
    this.client = client;
    this.listener = listener;
    this.pool = pool;
    this.clientAddress = clientAddress;
    this.lifetime = new Lifetime(worker);
    this.accounting = new Accounting(worker, listener, pool);
  }

  // From stage to stage.

  /** Takes charge of a client that was just accepted. */
  static void accepted(Worker worker, Listener listener, Stream client, InetSocketAddress from) {
    Route route = listener.route();
    Session session = new Session(worker, listener, route.pool(), client, from);
    client.belongTo(session);
    worker.sessions().began(session, session.lifetime.latest());
    if (!worker.limit().tryAcquire()) {
      session.reject(Rejection.LIMIT);
    } else if (client.isDead()) {
      // Gone before it was accepted: a flood of such clients must not cost the backends anything.
      session.close(Ending.CLIENT_RESET);
    } else {
      session.enter(new Connecting(session, route.select(from.getAddress())));
    }
  }

  /** The backend that was tried last is connected. */
  void connected(Stream stream) {
    stream.belongTo(this);
    backend = stream;
    accounting.connected();
    PeerChecks checks =
        PeerChecks.begin(
            worker.wheel(),
            client,
            worker.clients().notInherited(listener.config().tcp()),
            stream,
            pool.tcp());
    enter(new Relaying(this, client, stream, checks));
  }

  /** One side was reset; the other one gets what was relayed to it before. */
  void linger(Stream gone, Stream left, Ending how) {
    ending = how;
    Lingering lingering = new Lingering(this, left, how);
    gone.stop();
    left.stop();
    gone.close();
    if (gone == backend) {
      // Its backend has no part in it any more, however long the client takes.
      countOut();
    }
    enter(lingering);
  }

  private void enter(Stage next) {
    stage = next;
    next.begin();
  }

  /** Sets the session's deadline as its stage wants it now. */
  void reschedule() {
    if (stage != Stage.ENDED) {
      worker.wheel().schedule(this, stage.due());
    }
  }

  // To the end.

  /** Turns the client away. */
  void reject(Rejection reason) {
    accounting.rejected(reason);
    end(Ending.REJECTED);
    client.reset();
  }

  /** Closes both sides: nothing is left to be said. */
  void close(Ending how) {
    end(how);
    client.close();
    if (backend != null) {
      backend.close();
    }
  }

  /** Resets both sides, so that neither can take a cut stream for a finished one. */
  void resetBoth(Ending how) {
    end(how);
    client.reset();
    if (backend != null) {
      backend.reset();
    }
  }

  /** Comes before the streams are closed, since that calls back into {@link #failed}. */
  private void end(Ending how) {
    Stage last = stage;
    stage = Stage.ENDED;
    ending = how;
    last.leave();
    client.stop();
    if (backend != null) {
      backend.stop();
    }
    countOut();
    accounting.ended();
    worker.ended(this, System.nanoTime() - accounting.startNanos());
  }

  /** The connection is of no account to its listener and its backend any more. */
  void countOut() {
    accounting.countOut(backend, ending, mode());
  }

  // As its streams tell.

  @Override
  public void active() {
    lifetime.active();
  }

  @Override
  public void relaying(Stream side) {
    active();
    if (side == backend && side.bytes() == 0) {
      accounting.answered();
    }
  }

  @Override
  public void relayed(Stream side, int bytes) {
    clientSpokeLast = side == client;
    accounting.relayed(clientSpokeLast, bytes);
  }

  @Override
  public void spliced(int bytes) {
    accounting.spliced(bytes);
  }

  @Override
  public void sourceEnded(Stream side) {
    if (side == backend && side.bytes() == 0 && !client.isEnding()) {
      accounting.endedByBackend();
    }
    stage.sourceEnded(side);
  }

  @Override
  public void endsBehindBacklog(Stream side) {
    stage.endsBehindBacklog(side);
  }

  @Override
  public void goneBehindBacklog(Stream side) {
    stage.goneBehindBacklog(side);
  }

  @Override
  public void delivered(Stream side) {
    stage.delivered(side);
  }

  @Override
  public void cannotWrite(Stream side) {
    stage.cannotWrite(side);
  }

  @Override
  public void failed(Stream side) {
    stage.failed(side);
  }

  @Override
  public void flushed(Stream side) {
    stage.flushed(side);
  }

  @Override
  public void abort() {
    stage.abort();
  }

  // As its worker says.

  /** Called by the wheel when the deadline has come that was set last. */
  void expired() {
    stage.expired();
  }

  /** Ends the connection at that tick or before, whatever it does. */
  void cutAt(long tick) {
    lifetime.cutAt(Math.min(tick, lifetime.cutAt()));
    reschedule();
  }

  /** Takes back what {@link #cutAt} has set, unless the listener is closed. */
  void keep() {
    if (listener.isOpen()) {
      lifetime.cutAt(worker.sessions().drainEnd());
      reschedule();
    }
  }

  /** Closes a quiet connection, so that its client comes back to another backend. */
  void rebalance() {
    close(Ending.REBALANCED);
  }

  /** Ends the connection at once with a reset, by a command. */
  void closeByCommand() {
    if (stage != Stage.ENDED) {
      resetBoth(Ending.CLOSED);
    }
  }

  // As others see it.

  Worker worker() {
    return worker;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  Pool pool() {
    return pool;
  }

  Accounting accounting() {
    return accounting;
  }

  /** Whether the bytes that were relayed last came from the client. */
  boolean clientSpokeLast() {
    return clientSpokeLast;
  }

  /** Whether it can be closed without anything being lost, since nothing has moved for so long. */
  boolean isQuiet(long millis) {
    return stage.isQuiet(millis);
  }

  /** Whether the connection was ended because the process had no more time for it. */
  boolean wasCut() {
    return ending == Ending.DRAIN_CUT;
  }

  boolean isOf(Listener other) {
    return listener == other;
  }

  InetSocketAddress client() {
    return clientAddress;
  }

  /** Its part of what its client holds. */
  LiveClients.Share share() {
    return new LiveClients.Share(
        1, accounting.startNanos(), client.bytes(), backend == null ? 0 : backend.bytes());
  }

  boolean isOf(LiveConnections.Query query) {
    return query.isOf(listener.name(), pool.name(), accounting.backendName(), clientAddress);
  }

  /** Which of its event loop's sessions it is, counted from 1 in the order of their beginnings. */
  long number() {
    return number;
  }

  /** Its row in the live view. */
  LiveConnection live() {
    return new LiveConnection(
        number,
        listener.name(),
        pool.name(),
        accounting.backendName(),
        clientAddress,
        accounting.startNanos(),
        lifetime.silentMillis(),
        client.bytes(),
        backend == null ? 0 : backend.bytes(),
        backend == null ? null : mode(),
        stage.state());
  }

  /** The line of the access log. */
  AccessLine accessLine(long nanos) {
    return new AccessLine(
        clientAddress,
        listener.name(),
        pool,
        accounting.choice(),
        accounting.attempts(),
        worker.transport(),
        mode(),
        client.bytes(),
        backend == null ? 0 : backend.bytes(),
        nanos,
        ending,
        accounting.rejection());
  }

  private PumpMode mode() {
    return client.hasSpliced() || (backend != null && backend.hasSpliced())
        ? PumpMode.SPLICE
        : PumpMode.BUFFER;
  }
}
