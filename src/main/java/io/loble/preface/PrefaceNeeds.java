package io.loble.preface;

/**
 * What a listener has to know of a connection before it picks a backend.
 *
 * @param proxyHeader whether a header of the PROXY protocol has to come first. Never guessed: who
 *     may send one is decided by the address that the connection comes from
 * @param hello whether the ClientHello of a client that speaks TLS is to be read
 * @param starttls how a client may ask for TLS; its ClientHello is read then in any case
 */
public record PrefaceNeeds(boolean proxyHeader, boolean hello, Starttls starttls) {

  /** Nothing: a server that speaks first need not wait for its client. */
  public static final PrefaceNeeds NOTHING = new PrefaceNeeds(false, false, Starttls.OFF);

  /** Whether there is nothing to read. */
  public boolean isNothing() {
    return equals(NOTHING);
  }
}
