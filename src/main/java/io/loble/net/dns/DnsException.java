package io.loble.net.dns;

/**
 * A question that was not answered, or not in a way that can be used. Without a stack trace, since
 * the cause is never in this process.
 */
final class DnsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean silent;

  /** Something came back. */
  DnsException(String reason) {
    this(reason, false);
  }

  /**
   * @param silent whether nothing came back at all
   */
  DnsException(String reason, boolean silent) {
    super(reason, null, false, false);
    this.reason = reason;
    this.silent = silent;
  }

  String reason() {
    return reason;
  }

  /** Whether nothing came back at all. */
  boolean isSilent() {
    return silent;
  }
}
