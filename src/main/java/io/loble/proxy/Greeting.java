package io.loble.proxy;

import io.loble.model.SendProxy;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What the backend of one connection is told of its client before anything is relayed. */
final class Greeting {

  private final LoopEnvironment loop;
  private final SessionRecord record;

  Greeting(LoopEnvironment loop, SessionRecord record) {
    this.loop = loop;
    this.record = record;
  }

  /** The header of the PROXY protocol that the connection's pool wants; null for none. */
  @Nullable ByteBuf header() {
    SendProxy version = record.pool().outbound().sendProxy();
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
