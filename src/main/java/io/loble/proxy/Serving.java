package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.model.HashOn;
import io.loble.model.Pool;
import io.loble.net.DeadlineWheel;
import io.loble.net.Handover;
import io.loble.net.Stream;
import io.loble.tls.HandshakeInfo;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The stage in which a client's requests are answered, one after another or several at once. Its
 * deadlines are the connection's: how long nothing may be asked, and how long asking may take.
 * Those of a request are the request's own.
 */
final class Serving extends Stage implements RequestClient {

  private final Exchange session;
  private final LoopEnvironment loop;
  private final Stream client;
  private final SessionRecord record;
  private final RequestServer requests;
  private final ClientInfo info;
  private @Nullable ServedClient served;
  private int underWay;
  private long headEnd = DeadlineWheel.NEVER;
  private long scheduled = DeadlineWheel.NEVER;
  private boolean draining;
  private boolean over;

  Serving(
      Exchange session,
      LoopEnvironment loop,
      Stream client,
      SessionRecord record,
      RequestServer requests) {
    this.session = session;
    this.loop = loop;
    this.client = client;
    this.record = record;
    this.requests = requests;
    this.info = record.info();
  }

  @Override
  void begin() {
    // A client that says nothing, not even once, is one that asks slowly.
    headEnd = loop.after(headMillis());
    session.reschedule();
    served = requests.serve(this);
  }

  private long headMillis() {
    return listener().config().front().sniffTimeout().toMillis();
  }

  // What happens to its connection.

  @Override
  void received(Stream from) {
    session.lifetime().active();
    if (underWay == 0 && headEnd == DeadlineWheel.NEVER) {
      headEnd = loop.after(headMillis());
      if (headEnd < scheduled) {
        session.reschedule();
      }
    }
  }

  @Override
  void sourceEnded(Stream from) {
    if (served != null) {
      served.ended();
    }
  }

  @Override
  void failed(Stream side) {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  void abort() {
    session.resetBoth(Ending.CLIENT_RESET);
  }

  @Override
  void leave() {
    over = true;
    ServedClient ending = served;
    served = null;
    if (ending != null) {
      ending.gone();
    }
  }

  @Override
  void drain() {
    draining = true;
    if (served != null) {
      served.drain();
    }
  }

  // Its deadlines.

  @Override
  long due() {
    Lifetime lifetime = session.lifetime();
    long end = draining ? lifetime.cutAt() : lifetime.latest();
    long due = underWay > 0 ? end : Math.min(lifetime.nextLook(false), headEnd);
    scheduled = due;
    return due;
  }

  @Override
  void expired() {
    Ending over = session.lifetime().over(false);
    if (over == Ending.DRAIN_CUT || (over != null && underWay == 0)) {
      end(over);
    } else if (over == Ending.MAX_DURATION && !draining) {
      finishSoon();
    } else if (underWay == 0 && loop.now() >= headEnd) {
      headTimedOut();
    } else {
      session.reschedule();
    }
  }

  private void headTimedOut() {
    headEnd = DeadlineWheel.NEVER;
    if (client.bytes() == 0) {
      session.close(Ending.IDLE_TIMEOUT);
    } else if (served != null) {
      session.reschedule();
      served.headTimedOut();
    }
  }

  /** Of requests that are under way something is lost, which must not look whole. */
  private void end(Ending how) {
    if (underWay == 0) {
      session.close(how);
    } else {
      session.resetBoth(how);
    }
  }

  /** What is under way gets as long as when it is drained. */
  private void finishSoon() {
    session.lifetime().cutBy(loop.after(loop.timeouts().drain().toMillis()));
    session.reschedule();
    drain();
  }

  // As others see it.

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.OPEN;
  }

  @Override
  boolean isQuiet(long millis) {
    return false;
  }

  // For its requests.

  @Override
  public ListenerState listener() {
    return record.listener();
  }

  @Override
  public SocketAddress address() {
    return record.client();
  }

  @Override
  public ClientInfo info() {
    return info;
  }

  @Override
  public @Nullable HandshakeInfo tls() {
    Introduction known = record.introduction();
    return known == null ? null : known.tls();
  }

  @Override
  public @Nullable InetSocketAddress connectedTo() {
    return record.connectedTo();
  }

  @Override
  public ClientKey key(HashOn on) {
    return record.key(on);
  }

  @Override
  public Greeting greeting(Pool pool) {
    return new Greeting(loop, record, () -> pool);
  }

  @Override
  public void handOver(Handover taker) {
    client.handOver(taker);
  }

  @Override
  public void begun() {
    underWay++;
    headEnd = DeadlineWheel.NEVER;
  }

  @Override
  public void finished() {
    underWay--;
    if (over) {
      return;
    }
    if (underWay == 0) {
      session.lifetime().active();
    }
    // One that was looked at while requests were under way may have no look coming before its end.
    if (underWay == 0 && scheduled > session.lifetime().nextLook(false)) {
      session.reschedule();
    }
  }

  @Override
  public void active() {
    session.lifetime().active();
  }

  @Override
  public boolean hasEnded() {
    return client.hasEnded();
  }

  @Override
  public boolean drains() {
    return draining || client.hasEnded();
  }

  @Override
  public void sendLast(ByteBuf bytes) {
    if (!over) {
      client.send(bytes);
      session.close(Ending.DONE);
    }
  }

  @Override
  public void close() {
    if (!over) {
      session.close(Ending.DONE);
    }
  }

  @Override
  public void reset() {
    if (!over) {
      session.resetBoth(Ending.BACKEND_RESET);
    }
  }
}
