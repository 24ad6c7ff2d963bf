package io.loble.config.keys;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.read.Field;
import io.loble.config.read.Node;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.loble.config.read.TlsScalars;
import io.loble.config.read.Values;
import io.loble.tls.TlsVersion;
import java.util.List;

/** The keys of {@code [listeners.tls]}, and the rules among them. */
public final class ListenerTlsKeys {

  public static final Field<CertificateFiles, String> CERT =
      Field.required("cert", TlsScalars.file(), CertificateFiles::cert);
  public static final Field<CertificateFiles, String> KEY =
      Field.required("key", TlsScalars.file(), CertificateFiles::key);
  public static final Field<CertificateFiles, String> KEY_PASSWORD_FILE =
      Field.optional("key_password_file", Scalars.text(), CertificateFiles::keyPasswordFile, "");

  public static final TableList<CertificateFiles> CERTIFICATE_LIST =
      new TableList<>(
          new Section<>(
              v -> new CertificateFiles(v.get(CERT), v.get(KEY), v.get(KEY_PASSWORD_FILE)),
              CERT,
              KEY,
              KEY_PASSWORD_FILE),
          List.of());

  public static final Field<ListenerTls, List<CertificateFiles>> CERTIFICATES =
      Field.optional(
          "certificates",
          new ComparedList<>(CERTIFICATE_LIST),
          ListenerTls::certificates,
          List.of());
  private static final Field<ListenerTls, Boolean> STRICT_SNI =
      Field.optional("strict_sni", Scalars.bool(), ListenerTls::strictSni, false);
  public static final Field<ListenerTls, String> CLIENT_CA =
      Field.optional("client_ca", Scalars.text(), ListenerTls::clientCa, "");
  private static final Field<ListenerTls, ClientAuth> CLIENT_AUTH =
      Field.optional(
          "client_auth",
          Scalars.choice(ClientAuth.class),
          ListenerTls::clientAuth,
          ClientAuth.NONE);
  private static final Field<ListenerTls, TlsVersion> MIN_VERSION =
      Field.optional(
          "min_version", TlsScalars.version(), ListenerTls::minVersion, TlsVersion.TLS_1_2);
  public static final Field<ListenerTls, List<String>> CIPHERS =
      Field.optional("ciphers", TlsScalars.ciphers(), ListenerTls::ciphers, List.of());
  static final Field<ListenerTls, List<String>> ALPN =
      Field.optional("alpn", TlsScalars.protocols(), ListenerTls::alpn, List.of());

  public static final Section<ListenerTls> TLS =
      new Section<>(
          ListenerTlsKeys::tls,
          ListenerTlsKeys::check,
          CERTIFICATES,
          STRICT_SNI,
          CLIENT_CA,
          CLIENT_AUTH,
          MIN_VERSION,
          CIPHERS,
          ALPN);

  public static final Field<ListenerConfig, ListenerTls> LISTENER_TLS =
      Field.optional(
          "tls", new OptionalTable<>(TLS, ListenerTls.OFF), ListenerConfig::tls, ListenerTls.OFF);

  private ListenerTlsKeys() {}

  private static ListenerTls tls(Values<ListenerTls> v) {
    return new ListenerTls(
        v.get(CERTIFICATES),
        v.get(STRICT_SNI),
        v.get(CLIENT_CA),
        v.get(CLIENT_AUTH),
        v.get(MIN_VERSION),
        v.get(CIPHERS),
        v.get(ALPN));
  }

  private static void check(Values<ListenerTls> values, Problems problems) {
    if (values.get(CERTIFICATES).isEmpty() && !hasUnusableCertificates(values)) {
      problems.add(
          values.place(CERTIFICATES),
          "there is none, and TLS needs one; name its files with certificates ="
              + " [{ cert = \"a.pem\", key = \"a.key\" }], or leave the whole table out for plain"
              + " TCP");
    }
    ClientAuth auth = values.get(CLIENT_AUTH);
    if (auth != ClientAuth.NONE && values.get(CLIENT_CA).isEmpty()) {
      problems.add(
          values.place(CLIENT_AUTH),
          "\"%s\" needs the authorities that clients' certificates come from; name their file with client_ca"
              .formatted(auth.label()));
    }
  }

  /** What is wrong with them has been reported. */
  private static boolean hasUnusableCertificates(Values<ListenerTls> values) {
    return values
        .node(CERTIFICATES)
        .filter(node -> !(node instanceof Node.Array array && array.items().isEmpty()))
        .isPresent();
  }
}
