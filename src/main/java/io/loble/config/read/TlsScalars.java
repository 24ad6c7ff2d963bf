package io.loble.config.read;

import io.loble.tls.TlsVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of values that keys about TLS have. */
public final class TlsScalars {

  private static final String FORWARD = "forward";

  private static final Pattern CIPHER = Pattern.compile("TLS_[A-Z0-9_]{1,100}");

  private TlsScalars() {}

  /** The oldest version of TLS that is spoken. */
  public static ScalarCodec<TlsVersion> version() {
    List<String> known = Arrays.stream(TlsVersion.values()).map(TlsVersion::text).toList();
    return Scalars.ofString(
            "one of " + String.join(", ", known),
            text -> Arrays.stream(TlsVersion.values()).filter(v -> v.text().equals(text)).findAny(),
            TlsVersion::text)
        .describedBy(Schemas.oneOf(known));
  }

  /** Names of protocols, as ALPN has them. */
  public static ListCodec<String> protocols() {
    return new ListCodec<>(
        Scalars.text(
            "the name of a protocol, such as \"h2\", of 1 to 255 printable ASCII characters",
            TlsScalars::isProtocol),
        "an array of names of protocols, such as [\"h2\"]");
  }

  private static boolean isProtocol(String name) {
    return !name.isEmpty()
        && name.length() <= 255
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Cipher suites. Whether the engine has them is not known here. */
  public static ListCodec<String> ciphers() {
    return new ListCodec<>(
        Scalars.text(
                "the name that IANA has given to a cipher suite, such as"
                    + " \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"",
                name -> CIPHER.matcher(name).matches())
            .describedBy(Schemas.text().put("pattern", '^' + CIPHER.pattern() + '$')),
        "an array of names of cipher suites, such as [\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"]");
  }

  /** The name that a server's certificate is for, or nothing. */
  public static ScalarCodec<String> serverName() {
    return Scalars.parsed(
        "an IP address, \"\", or a host name in ASCII, such as \"db.example.com\"",
        text -> text.isEmpty() ? Optional.of(text) : ServerNames.readHost(text));
  }

  /** The path of a file that must be named. */
  public static ScalarCodec<String> file() {
    return Scalars.text("the path of a file in PEM form, such as \"a.pem\"", s -> !s.isBlank());
  }

  /** Whether the name that a client asks for is what a backend is asked for. */
  public static ScalarCodec<Boolean> sni() {
    return Scalars.ofString(
            "\"forward\" or \"\"",
            text ->
                text.isEmpty() || text.equals(FORWARD)
                    ? Optional.of(!text.isEmpty())
                    : Optional.empty(),
            forward -> forward ? FORWARD : "")
        .describedBy(Schemas.oneOf(List.of(FORWARD, "")));
  }
}
