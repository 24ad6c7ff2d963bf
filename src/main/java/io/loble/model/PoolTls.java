package io.loble.model;

import java.util.List;
import java.util.Locale;

/**
 * TLS towards the backends of a pool, as the configuration has it. Files are named, not read.
 *
 * @param ca file of the authorities that backends' certificates come from; empty for those that the
 *     JDK comes with
 * @param serverName that backends are asked for, and that their certificates have to be for; empty
 *     for the host name of each backend
 * @param forwardsSni whether a backend is asked for the name that the client has asked for, if it
 *     has
 * @param cert file of the certificate that is shown to backends which ask for one; empty for none
 * @param key file of its private key
 * @param keyPasswordFile file of the key's password; empty where the key is not encrypted
 * @param alpn the protocols to offer, the preferred first
 */
public record PoolTls(
    boolean enabled,
    Verify verify,
    String ca,
    String serverName,
    boolean forwardsSni,
    String cert,
    String key,
    String keyPasswordFile,
    List<String> alpn) {

  /** Connections to backends are not encrypted. */
  public static final PoolTls OFF =
      new PoolTls(false, Verify.FULL, "", "", false, "", "", "", List.of());

  /** What is checked of a backend's certificate. */
  public enum Verify {
    /** That it comes from an authority, and is for the name of the backend. */
    FULL,
    /** That it comes from an authority. */
    CHAIN,
    /** Nothing. */
    NONE;

    /** As the configuration has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a backend is called that has no name. */
  private static final String LOCAL = "localhost";

  public PoolTls {
    alpn = List.copyOf(alpn);
  }

  /** The same with other protocols to offer. */
  public PoolTls withAlpn(List<String> others) {
    return new PoolTls(
        enabled, verify, ca, serverName, forwardsSni, cert, key, keyPasswordFile, others);
  }

  /** The name that a backend is asked for, and has to have a certificate for. */
  public String nameOf(Address backend) {
    if (!serverName.isEmpty()) {
      return serverName;
    }
    return backend instanceof HostPort tcp ? tcp.host() : LOCAL;
  }
}
