package io.loble.ctl.command;

import io.loble.ctl.client.AdminAddress;
import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.ClientTls;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command below {@code ctl}: where the balancer is, and how it is shown. */
public final class CtlOptions {

  /** The option that asks for JSON. */
  public static final String JSON = "--json";

  @Option(
      names = "--admin",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      defaultValue = "${LOBLE_ADMIN:-http://127.0.0.1:9090}",
      description = "The balancer's [admin] address, or LOBLE_ADMIN; default ${DEFAULT-VALUE}.")
  private String admin = "";

  @Option(
      names = "--token-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "${LOBLE_TOKEN_FILE:-}",
      description = "A file with your token, or LOBLE_TOKEN_FILE.")
  private String tokenFile = "";

  @Option(
      names = "--ca",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "For https: the certificates to trust (PEM); default the system's.")
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

  @Option(
      names = JSON,
      scope = ScopeType.INHERIT,
      description = "Prints answers and errors as JSON.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /** What a command works with that has these options. */
  Session session(CommandLine command) throws CtlException {
    return new Session(
        client(),
        command.getOut(),
        command.getErr(),
        json ? Session.Form.JSON : Session.Form.TEXT,
        command.getColorScheme().ansi());
  }

  private AdminClient client() throws CtlException {
    AdminAddress address = AdminAddress.parse(admin);
    ClientTls tls = new ClientTls(ca, cert, key);
    if (tls.isSet() && !address.isSecure()) {
      throw CtlException.usage(
          "--ca, --cert and --key are for https, and " + address + " is not; see --admin");
    }
    return new AdminClient(
        address.uri(),
        address.isSecure() ? Optional.of(tls.context()) : Optional.empty(),
        tokenFile.isEmpty() ? Optional.empty() : Optional.of(Token.read(tokenFile)),
        timeout);
  }
}
