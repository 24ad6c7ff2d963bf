package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.balancer.Pick;
import io.loble.balancer.Picker;
import io.loble.model.Bandwidth;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import io.loble.preface.PrefaceNeeds;
import io.loble.preface.PrefaceResult;
import io.loble.tls.FailureKind;
import io.loble.tls.HandshakeInfo;
import io.loble.tls.TlsOutcome;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from accept to report. It goes through {@link Accepting}, {@link
 * Sniffing} where the listener has to know what the client says first, {@link Handshaking} where it
 * decrypts its clients, {@link Picking}, {@link Connecting}, {@link StartingTls} where the client
 * has asked for TLS, {@link Relaying} and, where one side was reset, {@link Lingering}; each hands
 * on to the next by way of the session, which puts them together.
 *
 * <p>Whatever ends the connection, it ends once. What is counted is in {@link Accounting}, how long
 * it may live in {@link Lifetime}, what others see of it in {@link SessionRecord}.
 *
 * <p>Lives on one event loop, where both of its streams live too.
 */
final class Session extends StagedSession
    implements Sniffing.Next,
        Handshaking.Next,
        Picking.Next,
        Connecting.Next,
        StartingTls.Next,
        Relaying.Next {

  private final LoopEnvironment loop;
  private final SessionRegistry sessions;
  private final Sides sides;
  private final Lifetime lifetime;
  private final Accounting accounting;
  private final SessionRecord record;
  private final Greeting greeting;
  private final boolean decrypts;
  private final boolean speaksHttp;
  private @Nullable RequestServer requests;

  /**
   * @param permit what the connection holds of its listener's bounds
   */
  Session(
      LoopEnvironment loop,
      SessionRegistry sessions,
      ListenerState listener,
      Pool pool,
      Stream client,
      SocketAddress from,
      Permit permit) {
    this.loop = loop;
    this.sessions = sessions;
    this.sides = new Sides(client);
    this.decrypts = listener.decrypts();
    this.speaksHttp = listener.speaksHttp();
    this.lifetime = new Lifetime(loop, sessions.drain().end());
    this.accounting = new Accounting(loop, listener, pool, sides, permit);
    this.record =
        new SessionRecord(sessions.nextNumber(), listener, from, sides, lifetime, accounting);
    this.greeting = new Greeting(loop, record, record::pool);
  }

  // From stage to stage.

  /** From now on the client's stream reports to the session, and the registry has it. */
  void begin() {
    sides.client().belongTo(this);
    sessions.began(this, lifetime.latest());
  }

  /**
   * The client is let in.
   *
   * @param server answers its requests, if the listener speaks HTTP
   */
  void admitted(Picker picker, RequestServer server) {
    requests = server;
    Front front = record.listener().front();
    if (front == null && !decrypts) {
      if (speaksHttp) {
        serve();
      } else {
        pick(picker, null);
      }
      return;
    }
    PrefaceNeeds needs = front == null ? PrefaceNeeds.NOTHING : front.needs(record.client());
    if (front == null || needs.isNothing()) {
      introduced(Sniffing.NOTHING);
    } else {
      enter(new Sniffing(this, loop, sides.client(), needs, front.sniffMillis()));
    }
  }

  /**
   * The client is known: from here on it is the one that a PROXY header has named, and that one is
   * asked about as {@link Accepting} asks about the others.
   */
  @Override
  public void introduced(PrefaceResult.Known said) {
    Route route = record.introduced(said);
    Rejection refusal = accounting.refusalOf(record.client());
    if (refusal != null) {
      reject(refusal);
    } else if (decrypts) {
      enter(new Handshaking(this, loop, sides.client(), record.listener().security()));
    } else {
      routed(route);
    }
  }

  @Override
  public void secured(HandshakeInfo agreed) {
    routed(record.secured(agreed));
  }

  private void routed(@Nullable Route route) {
    if (speaksHttp) {
      serve();
    } else {
      pickBy(route);
    }
  }

  private void pickBy(@Nullable Route route) {
    Picker picker = record.listener().picker(route);
    if (picker == null) {
      reject(Rejection.NO_ROUTE);
    } else {
      accounting.routed(picker.pool());
      pick(picker, route);
    }
  }

  private void serve() {
    if (requests == null) {
      throw new IllegalStateException("was not let in");
    }
    enter(new Serving(this, loop, sides.client(), record, requests));
  }

  private void pick(Picker first, @Nullable Route route) {
    ClientKey client = record.key(first.pool().rules().balancing().hashOn());
    new Picking(this, loop, () -> current(first, route).choose(client), first.pool()).begin();
  }

  /** As the pool is now, where the listener still leads the client to it. */
  private Picker current(Picker first, @Nullable Route route) {
    Picker now = record.listener().picker(route);
    return now != null && now.pool().name().equals(first.pool().name()) ? now : first;
  }

  @Override
  public void waits(Stage stage) {
    enter(stage);
  }

  @Override
  public void waitsForRoom(Pool pool, Picking picking) {
    enter(new Waiting(this, loop, pool, accounting.waitClock(), picking));
  }

  @Override
  public void picked(Pick.Chosen choice, Picking picking) {
    accounting.tries(choice);
    Pool pool = accounting.pool();
    StreamKind kind = loop.kinds().ofBackends(pool.outbound().tls().enabled());
    enter(new Connecting(this, loop, pool, choice, picking, greeting, kind));
  }

  @Override
  public void connected(Stream backend) {
    backend.belongTo(this);
    sides.connected(backend);
    accounting.connected();
    Bandwidth bandwidth = record.listener().config().socket().bandwidth();
    if (bandwidth.isBounded()) {
      sides.pace(bandwidth, loop.pauses());
    }
    if (!accounting.pool().outbound().tls().enabled()) {
      announce(backend);
    }
    if (record.asksForTls()) {
      enter(new StartingTls(this, loop, backend, String.valueOf(accounting.backendName())));
    } else {
      relay(backend);
    }
  }

  @Override
  public void speaksTls(Stream backend) {
    relay(backend);
  }

  private void relay(Stream backend) {
    PeerChecks checks =
        PeerChecks.begin(
            loop,
            sides.client(),
            loop.transport().notInherited(record.listener().config().tcp()),
            backend,
            accounting.pool().tcp());
    enter(new Relaying(this, loop, sides, backend, checks));
  }

  /** Says to the backend who the client is, where it wants to know, before anything is relayed. */
  private void announce(Stream backend) {
    ByteBuf header = greeting.header();
    if (header != null) {
      leaveStage();
      backend.send(header);
    }
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

  // As a stage or a command ends it.

  @Override
  public void reject(Rejection reason) {
    accounting.rejected(record.client(), reason);
    end(Ending.REJECTED);
    sides.reset();
  }

  /** A client that only looked whether somebody listens has done nothing wrong. */
  @Override
  public void notSecured(FailureKind why) {
    if (why == FailureKind.CLOSED) {
      close(Ending.CLIENT_RESET);
    } else {
      accounting.rejected(record.client(), Rejection.TLS);
      close(Ending.REJECTED);
    }
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
    endStage();
    sides.stop();
    accounting.countOut(how);
    accounting.ended();
    if (loop.logsAccess() && !isLoggedByRequest()) {
      record.accessLine(loop.transportName(), how).write();
    }
    sessions.ended(this, how);
  }

  /** What it was for is in the lines of its requests. */
  private boolean isLoggedByRequest() {
    return speaksHttp && accounting.rejection() == null;
  }

  @Override
  public void backendGone() {
    accounting.countOut(Ending.DONE);
  }

  // As its streams tell.

  @Override
  public void handshakeEnded(Stream side, TlsOutcome outcome) {
    if (side == sides.backend() && outcome instanceof TlsOutcome.Failed failed) {
      // In TLS 1.3 a backend that wants another certificate says so after the handshake.
      accounting.refusedByBackend(failed);
    }
    super.handshakeEnded(side, outcome);
  }

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
  public void sent(Stream side, int bytes) {
    sides.sent(bytes);
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
    super.sourceEnded(side);
  }

  // Its deadline.

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public void reschedule() {
    if (!isOver()) {
      sessions.schedule(this, due());
    }
  }

  // As others see it.

  @Override
  SessionRecord record() {
    return record;
  }
}
