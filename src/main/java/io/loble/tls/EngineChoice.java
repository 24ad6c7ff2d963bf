package io.loble.tls;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which engine this process uses: BoringSSL where it loads, else the JDK's. Netty's {@code
 * -Dio.netty.handler.ssl.noOpenSsl=true} keeps BoringSSL from being loaded.
 *
 * @param version of the native library's wrapper, or of the JDK
 * @param whyNotNative why BoringSSL is not used; empty when it is
 */
public record EngineChoice(TlsEngine engine, String version, Optional<String> whyNotNative) {

  private static final String TCNATIVE =
      "/META-INF/maven/io.netty/netty-tcnative-classes/pom.properties";

  /** Chosen when it is first asked for: to load a library takes time. */
  private static final class Holder {
    static final EngineChoice CHOICE =
        choose(
            OpenSsl.isAvailable() ? Optional.empty() : Optional.of(OpenSsl.unavailabilityCause()));

    static {
      known = CHOICE;
    }
  }

  private static volatile @Nullable EngineChoice known;

  /** The one of this process; the first call loads the native library. */
  public static EngineChoice get() {
    return Holder.CHOICE;
  }

  /** The one of this process, if something has asked for it; loads nothing. */
  public static Optional<EngineChoice> known() {
    return Optional.ofNullable(known);
  }

  /**
   * @param trouble what loading BoringSSL failed with
   */
  static EngineChoice choose(Optional<Throwable> trouble) {
    return trouble
        .map(t -> new EngineChoice(TlsEngine.JDK, Runtime.version().toString(), reason(t)))
        .orElseGet(
            () -> new EngineChoice(TlsEngine.BORINGSSL, tcnativeVersion(), Optional.empty()));
  }

  /** For the log and the status, such as {@code BoringSSL (netty-tcnative 2.0.84.Final)}. */
  public String text() {
    return engine == TlsEngine.BORINGSSL
        ? "BoringSSL (netty-tcnative " + version + ")"
        : "JDK " + version + whyNotNative.map(why -> " (no BoringSSL: " + why + ")").orElse("");
  }

  /** The cause at the bottom says which library was not found, or does not suit this system. */
  private static Optional<String> reason(Throwable trouble) {
    Throwable last = trouble;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    String message = last.getMessage();
    String text = message == null || message.isBlank() ? last.getClass().getName() : message;
    return Optional.of(text.lines().findFirst().orElse(text));
  }

  private static String tcnativeVersion() {
    Properties properties = new Properties();
    try (InputStream in = EngineChoice.class.getResourceAsStream(TCNATIVE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
