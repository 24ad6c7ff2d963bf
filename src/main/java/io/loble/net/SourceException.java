package io.loble.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;

/**
 * A connect could not come from the address that it was to come from: this machine does not have
 * it, or all its local ports are taken.
 */
public final class SourceException extends IOException {

  /**
   * @param source where it was to come from
   * @param cause what the system says
   */
  public SourceException(InetAddress source, Throwable cause) {
    super(
        "source " + NetUtil.toAddressString(source) + ": " + ConnectError.of(cause).text(), cause);
  }

  /** Whether another source address may do where a connect has failed for that. */
  public static boolean isCalledFor(Throwable cause) {
    ConnectError error = ConnectError.of(cause);
    return error.isOf(Errno.EADDRNOTAVAIL) || error.isOf(Errno.EADDRINUSE);
  }
}
