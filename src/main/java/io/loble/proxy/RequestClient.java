package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.model.HashOn;
import io.loble.model.Pool;
import io.loble.net.Handover;
import io.loble.tls.HandshakeInfo;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one client whose requests are answered: who it is, and how it is ended. Called
 * on its event loop.
 */
public interface RequestClient {

  ListenerState listener();

  /** The client: the other end of its connection, or the one that a PROXY header has named. */
  SocketAddress address();

  /** What of it routes depend on, as far as it is the same for all of its requests. */
  ClientInfo info();

  /** What was agreed on with it; null when it is not decrypted. */
  @Nullable HandshakeInfo tls();

  /** What it has connected to, as far as that can be told. */
  @Nullable InetSocketAddress connectedTo();

  /** What the choice of a backend may depend on. */
  ClientKey key(HashOn on);

  /** What a backend of a pool that wants to know is told of it. */
  Greeting greeting(Pool pool);

  /** Gives what it sends to others, from now on. */
  void handOver(Handover taker);

  /** A request has come, and is under way until {@link #finished}. */
  void begun();

  /** A request is no longer under way. */
  void finished();

  /** Something of a request that is under way has moved. */
  void active();

  /** Whether it has sent its FIN. */
  boolean hasEnded();

  /** Whether its connection is to be closed as soon as no request is under way. */
  boolean drains();

  /** Sends bytes that are the last, and closes the connection behind them. */
  void sendLast(ByteBuf bytes);

  /** Closes the connection, unless it is over already. */
  void close();

  /** Closes the connection with a reset, so that an answer that was cut is not taken for whole. */
  void reset();
}
