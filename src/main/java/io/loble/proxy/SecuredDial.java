package io.loble.proxy;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.PoolTls;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.HandshakeFailedException;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import io.loble.tls.ClientTls;
import io.loble.tls.TlsOutcome;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a backend and begins TLS with it, of which the session then sees nothing but a
 * connection that takes longer to make, and fails for more reasons.
 */
final class SecuredDial extends UnjoinedOwner implements Dial, DialEvents {

  private final LoopEnvironment loop;
  private final Pool pool;
  private final Address address;
  private final Greeting greeting;
  private final DialEvents events;
  private final Future<ClientTls> tls;
  private final Duration timeout;
  private Dial dial = () -> {};
  private @Nullable Stream stream;
  private boolean cancelled;
  private boolean over;

  private SecuredDial(
      LoopEnvironment loop, Pool pool, Address address, Greeting greeting, DialEvents events) {
    this.loop = loop;
    this.pool = pool;
    this.address = address;
    this.greeting = greeting;
    this.events = events;
    this.tls = loop.clientTls(pool);
    this.timeout = loop.timeouts().handshake();
  }

  /**
   * Connects as {@link Connector#connect} does; the handshake has a time of its own.
   *
   * @param pool one whose connections are encrypted
   */
  static Dial start(
      LoopEnvironment loop,
      Pool pool,
      Address address,
      long connectMillis,
      Greeting greeting,
      DialEvents events) {
    SecuredDial secured = new SecuredDial(loop, pool, address, greeting, events);
    secured.dial =
        loop.connector().connect(pool, address, StreamKind.CHANNEL, connectMillis, secured);
    return secured;
  }

  @Override
  public void connected(Stream backend) {
    stream = backend;
    if (cancelled) {
      // Not all transports can give a connect up.
      fail(new CancellationException());
      return;
    }
    backend.belongTo(this);
    ByteBuf header = greeting.header();
    if (header != null) {
      backend.send(header);
    }
    if (!over) {
      tls.onComplete(known -> encrypt(backend, known), this::fail);
    }
  }

  private void encrypt(Stream backend, ClientTls known) {
    if (!over) {
      int port = address instanceof HostPort tcp ? tcp.port() : 0;
      backend.encrypt(pipeline -> known.install(pipeline, serverName(), port, timeout));
    }
  }

  private String serverName() {
    String clients = clientsName();
    return clients == null ? settings().nameOf(address) : clients;
  }

  private @Nullable String clientsName() {
    return settings().forwardsSni() ? greeting.serverName() : null;
  }

  private PoolTls settings() {
    return pool.outbound().tls();
  }

  @Override
  public void handshakeEnded(Stream side, TlsOutcome outcome) {
    if (over) {
      return;
    }
    loop.backendTls().stats(pool.name()).ended(outcome);
    if (outcome instanceof TlsOutcome.Failed failed) {
      fail(new HandshakeFailedException(failed.failure(), clientsName() != null));
    } else {
      over = true;
      events.connected(side);
    }
  }

  @Override
  public void connectFailed(Throwable cause) {
    over = true;
    events.connectFailed(cause);
  }

  @Override
  public void failed(Stream side) {
    fail(new IOException("the backend has closed the connection before the handshake"));
  }

  @Override
  public void cannotWrite(Stream to) {
    failed(to);
  }

  @Override
  public void abort() {
    fail(new IOException("the event loop has ended"));
  }

  @Override
  public void cancel() {
    if (stream == null) {
      cancelled = true;
      dial.cancel();
    } else {
      fail(new CancellationException());
    }
  }

  private void fail(Throwable cause) {
    if (!over) {
      over = true;
      if (stream != null) {
        stream.stop();
        stream.reset();
      }
      events.connectFailed(cause);
    }
  }
}
