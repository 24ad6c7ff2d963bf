package io.loble.config.keys;

import io.loble.config.AdminConfig;
import io.loble.config.AdminTls;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Field;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.HostPort;
import java.util.function.Function;

/** The keys of {@code [admin]} and {@code [admin.tls]}, and the rules among them. */
public final class AdminKeys {

  static final HostPort DEFAULT_ADDRESS = new HostPort("127.0.0.1", 9090);

  public static final Field<AdminTls, String> CERT = file("cert", AdminTls::cert);
  public static final Field<AdminTls, String> KEY = file("key", AdminTls::key);
  public static final Field<AdminTls, String> CLIENT_CA = file("client_ca", AdminTls::clientCa);

  public static final Section<AdminTls> TLS =
      new Section<>(
          v -> new AdminTls(v.get(CERT), v.get(KEY), v.get(CLIENT_CA)),
          AdminKeys::checkTls,
          CERT,
          KEY,
          CLIENT_CA);

  static final Field<AdminConfig, HostPort> ADDRESS =
      Field.optional(
          "address", AddressScalars.bindAddress(), AdminConfig::address, DEFAULT_ADDRESS);
  public static final Field<AdminConfig, String> TOKEN_FILE =
      file("token_file", AdminConfig::tokenFile);
  public static final Field<AdminConfig, String> READONLY_TOKEN_FILE =
      file("readonly_token_file", AdminConfig::readonlyTokenFile);
  public static final Field<AdminConfig, AdminTls> ADMIN_TLS =
      Field.section("tls", TLS, AdminConfig::tls);

  public static final Section<AdminConfig> ADMIN =
      new Section<>(
          v ->
              new AdminConfig(
                  v.get(ADDRESS), v.get(TOKEN_FILE), v.get(READONLY_TOKEN_FILE), v.get(ADMIN_TLS)),
          AdminKeys::checkAdmin,
          ADDRESS,
          TOKEN_FILE,
          READONLY_TOKEN_FILE,
          ADMIN_TLS);

  private AdminKeys() {}

  private static <R> Field<R, String> file(String name, Function<R, String> getter) {
    return Field.optional(name, Scalars.text(), getter, "");
  }

  private static void checkAdmin(Values<AdminConfig> values, Problems problems) {
    if (values.unusable(TOKEN_FILE)) {
      return;
    }
    if (values.get(TOKEN_FILE).isEmpty()) {
      checkLoopback(values, problems);
    }
    checkReadonly(values, problems);
  }

  private static void checkLoopback(Values<AdminConfig> values, Problems problems) {
    String host = values.get(ADDRESS).host();
    if (!isLoopback(host)) {
      problems.add(
          values.place(ADDRESS),
          host
              + " can be reached from outside, so admin.token_file must name a file with a token;"
              + " or bind a loopback address such as \"127.0.0.1:9090\"");
    }
  }

  private static void checkReadonly(Values<AdminConfig> values, Problems problems) {
    String readonly = values.get(READONLY_TOKEN_FILE);
    String full = values.get(TOKEN_FILE);
    if (readonly.isEmpty()) {
      return;
    }
    if (full.isEmpty()) {
      problems.add(
          values.place(READONLY_TOKEN_FILE),
          "a read-only token needs a full token beside it;"
              + " name its file with admin.token_file");
    } else if (full.equals(readonly)) {
      problems.add(
          values.place(READONLY_TOKEN_FILE),
          "\"" + readonly + "\" is the file of admin.token_file; name a different file");
    }
  }

  private static void checkTls(Values<AdminTls> values, Problems problems) {
    if (values.unusable(CERT) || values.unusable(KEY)) {
      return;
    }
    boolean cert = !values.get(CERT).isEmpty();
    boolean key = !values.get(KEY).isEmpty();
    if (cert && !key) {
      problems.add(
          values.place(CERT), "a certificate needs its private key; name it with admin.tls.key");
    } else if (key && !cert) {
      problems.add(
          values.place(KEY), "a private key needs its certificate; name it with admin.tls.cert");
    }
    if (!cert && !values.get(CLIENT_CA).isEmpty()) {
      problems.add(
          values.place(CLIENT_CA),
          "client certificates exist over HTTPS only; name the server's own certificate"
              + " with admin.tls.cert");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
