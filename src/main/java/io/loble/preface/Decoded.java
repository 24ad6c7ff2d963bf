package io.loble.preface;

/** What is known of a header of the PROXY protocol so far. */
public sealed interface Decoded {

  /**
   * All bytes so far are those of a header.
   *
   * @param atLeast a header with this beginning cannot be complete before so many bytes are there;
   *     always more than there are
   */
  record NeedMore(int atLeast) implements Decoded {}

  /**
   * A complete header.
   *
   * @param length how many bytes it has; those that follow are the client's
   */
  record Header(ProxyHeader header, int length) implements Decoded {}

  /**
   * No header begins like this.
   *
   * @param reason for a log; contains no byte that is not printable
   */
  record Invalid(String reason) implements Decoded {}
}
