package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.balancer.Pick;
import io.loble.balancer.Picker;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.Stream;
import io.loble.net.StreamOwner;
import java.net.InetSocketAddress;

/**
 * One client's connection, from accept to report. It goes through {@link Accepting}, {@link
 * Picking}, {@link Connecting}, {@link Relaying} and, where one side was reset, {@link Lingering};
 * each hands on to the next by way of the session, which puts them together. A stage that reads
 * what the client sends first belongs between the first two: {@link #admitted} is to enter it, and
 * it goes on to the pick.
 *
 * <p>Whatever ends the connection, it ends once. What is counted is in {@link Accounting}, how long
 * it may live in {@link Lifetime}, what others see of it in {@link SessionRecord}.
 *
 * <p>Lives on one event loop, where both of its streams live too.
 */
final class Session extends RegisteredSession
    implements StreamOwner, Picking.Next, Connecting.Next, Relaying.Next {

  private final LoopEnvironment loop;
  private final SessionRegistry sessions;
  private final Pool pool;
  private final Sides sides;
  private final Lifetime lifetime;
  private final Accounting accounting;
  private final SessionRecord record;
  private Stage stage = Stage.NONE;

  Session(
      LoopEnvironment loop,
      SessionRegistry sessions,
      ListenerState listener,
      Pool pool,
      Stream client,
      InetSocketAddress from) {
    this.loop = loop;
    this.sessions = sessions;
    this.pool = pool;
    this.sides = new Sides(client);
    this.lifetime = new Lifetime(loop, sessions.drain().end());
    this.accounting = new Accounting(loop, listener, pool, sides);
    this.record =
        new SessionRecord(sessions.nextNumber(), listener, pool, from, sides, lifetime, accounting);
  }

  // From stage to stage.

  /** From now on the client's stream reports to the session, and the registry has it. */
  void begin() {
    sides.client().belongTo(this);
    sessions.began(this, lifetime.latest());
  }

  /** The client is let in. A stage that reads what it sends first is to be entered here. */
  void admitted(Picker picker) {
    pick(picker);
  }

  private void pick(Picker picker) {
    ClientKey client = ClientKey.of(record.client().getAddress().getAddress());
    new Picking(this, picker.choose(client), pool.retries()).pick();
  }

  @Override
  public void picked(Pick.Chosen choice, Picking picking) {
    accounting.tries(choice);
    enter(new Connecting(this, loop, pool.name(), choice, picking));
  }

  @Override
  public void connected(Stream backend) {
    backend.belongTo(this);
    sides.connected(backend);
    accounting.connected();
    PeerChecks checks =
        PeerChecks.begin(
            loop,
            sides.client(),
            loop.clients().notInherited(record.listener().config().tcp()),
            backend,
            pool.tcp());
    enter(new Relaying(this, loop, sides, backend, checks));
  }

  @Override
  public void linger(Stream gone, Stream left, Ending how) {
    Lingering lingering = new Lingering(this, loop, left, how);
    gone.stop();
    left.stop();
    gone.close();
    if (gone == sides.backend()) {
      // Its backend has no part in it any more, however long the client takes.
      accounting.countOut(how);
    }
    enter(lingering);
  }

  private void enter(Stage next) {
    stage = next;
    next.begin();
  }

  // As a stage or a command ends it.

  @Override
  public void reject(Rejection reason) {
    accounting.rejected(reason);
    end(Ending.REJECTED);
    sides.reset();
  }

  @Override
  public void close(Ending how) {
    end(how);
    sides.close();
  }

  @Override
  public void resetBoth(Ending how) {
    end(how);
    sides.reset();
  }

  /** Before the streams are closed, since that calls back into {@link #failed}. */
  private void end(Ending how) {
    Stage last = stage;
    stage = Stage.NONE;
    last.leave();
    sides.stop();
    accounting.countOut(how);
    accounting.ended();
    if (loop.logsAccess()) {
      record.accessLine(loop.transport(), how).write();
    }
    sessions.ended(this, how);
  }

  @Override
  public void backendGone() {
    accounting.countOut(Ending.DONE);
  }

  // As its streams tell.

  @Override
  public void active() {
    lifetime.active();
  }

  @Override
  public void relaying(Stream side) {
    active();
    if (side == sides.backend() && side.bytes() == 0) {
      accounting.answered();
    }
  }

  @Override
  public void relayed(Stream side, int bytes) {
    sides.relayed(side);
    accounting.relayed(sides.clientSpokeLast(), bytes);
  }

  @Override
  public void spliced(int bytes) {
    accounting.spliced(bytes);
  }

  @Override
  public void sourceEnded(Stream side) {
    if (side == sides.backend() && side.bytes() == 0 && !sides.client().isEnding()) {
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

  // Its deadline.

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public void reschedule() {
    if (stage != Stage.NONE) {
      sessions.schedule(this, stage.due());
    }
  }

  @Override
  void expired() {
    stage.expired();
  }

  // As others see it.

  @Override
  SessionRecord record() {
    return record;
  }

  @Override
  LiveConnection.State state() {
    return stage.state();
  }

  @Override
  boolean isQuiet(long millis) {
    return stage.isQuiet(millis);
  }
}
