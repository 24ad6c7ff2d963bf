package io.loble.preface;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connection has said before it is relayed. */
public sealed interface PrefaceResult {

  /**
   * A connection to relay. All bytes that were not consumed are relayed, from the first on.
   *
   * @param proxy the PROXY protocol's header; null when none was to come
   * @param hello the ClientHello, which is not consumed; null when none was to be read, or the
   *     client does not speak TLS or has said nothing
   * @param starttls how the client asked for TLS. Its request is consumed and accepted: the backend
   *     is owed the same request, and its answer is not for the client ({@link PostgresTls})
   * @param consumed how many of the connection's first bytes are not relayed
   */
  record Known(
      @Nullable ProxyHeader proxy, @Nullable ClientHello hello, Starttls starttls, int consumed)
      implements PrefaceResult {

    /** The client's address by the header; null when the connection's own counts. */
    public @Nullable InetAddress client() {
      return proxy == null ? null : proxy.client();
    }

    /** The host that the client asks for, in lower case; null when it names none. */
    public @Nullable String serverName() {
      return hello == null ? null : hello.serverName();
    }

    /** The protocols that the client offers, the most preferred first. */
    public List<String> alpn() {
      return hello == null ? List.of() : hello.alpn();
    }
  }

  /**
   * A connection to reset.
   *
   * @param reason for a log; contains no byte that is not printable
   */
  record Bad(String reason) implements PrefaceResult {}
}
