package io.loble.proxy;

import io.loble.model.Pool;
import io.loble.model.SendProxy;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a backend is told of a client before anything of the client is sent. */
public final class Greeting {

  private final LoopEnvironment loop;
  private final SessionRecord record;
  private final Supplier<Pool> pool;

  /**
   * @param record of the connection that it is said of
   * @param pool the backend's, when it is connected to
   */
  Greeting(LoopEnvironment loop, SessionRecord record, Supplier<Pool> pool) {
    this.loop = loop;
    this.record = record;
    this.pool = pool;
  }

  /** The header of the PROXY protocol that the pool wants; null for none. */
  @Nullable ByteBuf header() {
    SendProxy version = pool.get().outbound().sendProxy();
    if (version == SendProxy.OFF) {
      return null;
    }
    InetSocketAddress to = record.connectedTo();
    return loop.headers().of(version, record.client(), to, record.number(), record.introduction());
  }

  /** The name that the client has asked for; null when it has not. */
  @Nullable String serverName() {
    Introduction known = record.introduction();
    return known == null ? null : known.serverName();
  }
}
