package io.loble.net;

import java.net.SocketAddress;

/** The other end of a client's connection to a Unix socket: it has no address. */
public final class UnixPeer extends SocketAddress {

  /** There is nothing by which two of them could be told apart. */
  public static final UnixPeer INSTANCE = new UnixPeer();

  private static final long serialVersionUID = 1L;

  private UnixPeer() {}

  @Override
  public String toString() {
    return "unix";
  }
}
