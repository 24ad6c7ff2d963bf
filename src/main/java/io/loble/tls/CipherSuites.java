package io.loble.tls;

import io.netty.handler.ssl.OpenSsl;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Which cipher suites an engine has, and which of them are used. Names are those of IANA. */
public final class CipherSuites {

  /** Those of TLS 1.3: RFC 8446, appendix B.4. */
  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** With ephemeral keys and authenticated encryption, as RFC 9325, section 4.2, recommends. */
  private static final List<String> TLS_1_2 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Without a proof of identity, without encryption, or broken. */
  private static final Pattern REFUSED =
      Pattern.compile("_anon_|_NULL_|EXPORT|_RC4_|_3?DES_|_KRB5_|_SCSV$|_MD5$");

  private CipherSuites() {}

  /** All that may be named for this engine. */
  public static Set<String> known(TlsEngine engine) {
    Collection<String> all =
        engine == TlsEngine.BORINGSSL
            ? OpenSsl.availableJavaCipherSuites()
            : Arrays.asList(ofJdk());
    Set<String> known = new TreeSet<>();
    for (String name : all) {
      if (name.startsWith("TLS_") && !REFUSED.matcher(name).find()) {
        known.add(name);
      }
    }
    return known;
  }

  /**
   * What is used when these are configured. A version of TLS of which the list has no suite keeps
   * the ones that it has without a list.
   *
   * @param configured the preferred first; may be empty
   * @throws IllegalArgumentException names the suites that this engine does not have, and those
   *     that it has
   */
  public static List<String> choose(TlsEngine engine, Collection<String> configured) {
    Set<String> known = known(engine);
    List<String> unknown = configured.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown cipher suites: "
              + String.join(", ", unknown)
              + "; "
              + engine.label()
              + " has "
              + String.join(", ", known));
    }
    List<String> newer = configured.stream().filter(TLS_1_3::contains).toList();
    requireAll(engine, newer);
    List<String> older = configured.stream().filter(name -> !TLS_1_3.contains(name)).toList();
    List<String> chosen = new ArrayList<>(newer.isEmpty() ? TLS_1_3 : newer);
    chosen.addAll(older.isEmpty() ? TLS_1_2 : older);
    chosen.retainAll(known);
    return List.copyOf(chosen);
  }

  /** BoringSSL cannot be told which of them to use. */
  private static void requireAll(TlsEngine engine, List<String> newer) {
    if (engine == TlsEngine.BORINGSSL && !newer.isEmpty() && !newer.containsAll(TLS_1_3)) {
      throw new IllegalArgumentException(
          "BoringSSL uses all cipher suites of TLS 1.3 or none: name all of them, or none, which"
              + " means the same: "
              + String.join(", ", TLS_1_3));
    }
  }

  private static String[] ofJdk() {
    try {
      return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
