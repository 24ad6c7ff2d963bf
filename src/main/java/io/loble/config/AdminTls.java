package io.loble.config;

/**
 * The files that the control interface is served over HTTPS with; all PEM, all empty for plain
 * HTTP.
 *
 * @param cert the server's certificate, with those that lead to its authority behind it
 * @param key its private key
 * @param clientCa the authorities that clients' certificates must be signed by; empty where clients
 *     need none
 */
public record AdminTls(String cert, String key, String clientCa) {

  public static final AdminTls OFF = new AdminTls("", "", "");

  /** Whether HTTPS is spoken. */
  public boolean on() {
    return !cert.isEmpty();
  }
}
