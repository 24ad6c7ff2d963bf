package io.loble.ctl.client;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The certificates to trust, and the client certificate to present.
 *
 * @param ca null for those that the system trusts
 */
public record ClientTls(@Nullable Path ca, @Nullable Path cert, @Nullable Path key) {

  public boolean isSet() {
    return ca != null || cert != null || key != null;
  }

  public SSLContext context() throws CtlException {
    if (!isSet()) {
      return usual();
    }
    if ((cert == null) != (key == null)) {
      throw CtlException.usage("--cert and --key belong together: give both, or none");
    }
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    try {
      if (ca != null) {
        builder.trustManager(readable("--ca", ca));
      }
      if (cert != null && key != null) {
        builder.keyManager(readable("--cert", cert), readable("--key", key));
      }
      return ((JdkSslContext) builder.build()).context();
    } catch (IllegalArgumentException | SSLException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw CtlException.usage(
          "--ca, --cert, --key: " + e.getMessage() + ": " + cause.getMessage());
    }
  }

  /** As the system has it; Netty, which reads PEM files, is not loaded for that. */
  private static SSLContext usual() throws CtlException {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw CtlException.failed("no TLS: " + e.getMessage());
    }
  }

  private static File readable(String option, Path path) throws CtlException {
    File file = path.toFile();
    if (!file.isFile() || !file.canRead()) {
      throw CtlException.usage(option + ": " + path + " is not a file that can be read");
    }
    return file;
  }
}
