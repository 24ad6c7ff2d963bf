package io.loble.config;

import io.loble.model.HostPort;

/**
 * Where the HTTP control interface listens, and which requests it answers.
 *
 * @param tokenFile a file with the bearer token that {@code /api} asks for; empty for none, which
 *     is allowed on a loopback address only
 * @param readonlyTokenFile a file with the token of those who may look but change nothing; empty
 *     for none
 */
public record AdminConfig(
    HostPort address, String tokenFile, String readonlyTokenFile, AdminTls tls) {

  /** Over plain HTTP, without a read-only token. */
  public AdminConfig(HostPort address, String tokenFile) {
    this(address, tokenFile, "", AdminTls.OFF);
  }
}
