package io.loble.tls;

import io.netty.handler.ssl.SslProvider;

/** What does the arithmetic of TLS, and keeps its state. */
public enum TlsEngine {
  /** Google's, in native code that is part of the jar: Linux on x86-64 and AArch64. */
  BORINGSSL("BoringSSL", SslProvider.OPENSSL),

  /** The JDK's own: everywhere. Its session tickets end with the certificates that are in use. */
  JDK("JDK", SslProvider.JDK);

  private final String label;
  private final SslProvider provider;

  TlsEngine(String label, SslProvider provider) {
    this.label = label;
    this.provider = provider;
  }

  /** As log and status name it. */
  public String label() {
    return label;
  }

  /**
   * Netty's name. Of the two for native code the one whose contexts the garbage collector frees: a
   * set of certificates is exchanged while event loops still take contexts from it, and nothing
   * tells when the last of them has.
   */
  SslProvider provider() {
    return provider;
  }
}
