package io.loble.config;

import io.loble.tls.TlsVersion;
import java.util.List;
import java.util.Locale;

/**
 * TLS towards the clients of a listener, as the configuration has it. Files are named, not read.
 *
 * @param certificates in order, chosen by the name that a client asks for; empty: clients are not
 *     decrypted
 * @param strictSni whether clients are refused that ask for a name which no certificate has, or for
 *     none; else they get the first certificate
 * @param clientCa file of the authorities that clients' certificates come from; empty for none
 * @param ciphers cipher suites; empty for the engine's sound defaults
 * @param alpn the protocols to agree on, the preferred first; empty for none
 */
public record ListenerTls(
    List<CertificateFiles> certificates,
    boolean strictSni,
    String clientCa,
    ClientAuth clientAuth,
    TlsVersion minVersion,
    List<String> ciphers,
    List<String> alpn) {

  /** Clients are not decrypted. */
  public static final ListenerTls OFF =
      new ListenerTls(
          List.of(), false, "", ClientAuth.NONE, TlsVersion.TLS_1_2, List.of(), List.of());

  /** Whether clients are asked for certificates. */
  public enum ClientAuth {
    /** They are not. */
    NONE,
    /** They may show none, but no bad one. */
    REQUEST,
    /** They have to show a good one. */
    REQUIRE;

    /** As the configuration has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ListenerTls {
    certificates = List.copyOf(certificates);
    ciphers = List.copyOf(ciphers);
    alpn = List.copyOf(alpn);
  }

  /** The same with other protocols to agree on. */
  public ListenerTls withAlpn(List<String> others) {
    return new ListenerTls(
        certificates, strictSni, clientCa, clientAuth, minVersion, ciphers, others);
  }

  /** Whether clients are decrypted. */
  public boolean isOn() {
    return !certificates.isEmpty();
  }
}
