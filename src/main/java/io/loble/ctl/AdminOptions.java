package io.loble.ctl;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the balancer is, and how to get in. */
final class AdminOptions {

  @Option(
      names = "--admin",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      defaultValue = "${LOBLE_ADMIN:-http://127.0.0.1:9090}",
      description = "The balancer's [admin] address; LOBLE_ADMIN sets it too: ${DEFAULT-VALUE}.")
  private String admin = "";

  @Option(
      names = "--token-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "${LOBLE_TOKEN_FILE:-}",
      description = "A file that holds the token; LOBLE_TOKEN_FILE sets it too.")
  private String tokenFile = "";

  @Option(
      names = "--ca",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "For https: whose certificates are trusted (PEM); default the system's.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "For https: a client certificate (PEM).")
  private @Nullable Path cert;

  @Option(
      names = "--key",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "For https: the key of the client certificate (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long to wait for an answer; default ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  AdminClient client() throws CtlException {
    AdminAddress address = AdminAddress.parse(admin);
    HttpClient.Builder http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    ClientTls tls = new ClientTls(ca, cert, key);
    if (address.isSecure()) {
      http.sslContext(tls.context());
    } else if (tls.isSet()) {
      throw CtlException.usage(
          "--ca, --cert and --key are for https, and " + address + " is not; see --admin");
    }
    Optional<String> token =
        tokenFile.isEmpty() ? Optional.empty() : Optional.of(TokenFile.read(tokenFile));
    return new AdminClient(address.uri(), http.build(), token, timeout);
  }
}
