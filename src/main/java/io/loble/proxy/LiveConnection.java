package io.loble.proxy;

import io.loble.model.PumpMode;
import java.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it was at one moment.
 *
 * @param number which of its event loop's it is
 * @param backend null while none has been chosen
 * @param startNanos when it was accepted, by {@link System#nanoTime()}
 * @param idleMillis for how long nothing had moved, to a twentieth of a second
 * @param waitedMillis for how long it has waited until a backend had room, or does so still
 * @param tls the version that was agreed on with the client; null when it is not decrypted
 * @param sni the host that the client has asked for; null when it has not, or nobody looked
 * @param mode how its bytes were relayed so far; null while it was connecting
 */
public record LiveConnection(
    long number,
    String listener,
    String pool,
    @Nullable String backend,
    SocketAddress client,
    @Nullable String tls,
    @Nullable String sni,
    long startNanos,
    long idleMillis,
    long waitedMillis,
    long bytesToBackend,
    long bytesToClient,
    @Nullable PumpMode mode,
    State state) {

  /** How long ago it was accepted. */
  public long ageMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  /** How far a connection is. */
  public enum State {
    /** Without a connection to a backend as yet. */
    CONNECTING,
    /** The same, until a backend has room. */
    WAITING,
    OPEN,
    /** One side will send no more. */
    HALF_CLOSED,
    /** One side is gone, the other gets what is left. */
    CLOSING;

    /** As JSON has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
