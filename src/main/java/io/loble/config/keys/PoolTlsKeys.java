package io.loble.config.keys;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.config.read.Field;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.TlsScalars;
import io.loble.config.read.Values;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.loble.model.UnixPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The keys of {@code [pools.NAME.tls]}, and the rules among them. */
public final class PoolTlsKeys {

  private static final Field<PoolTls, Boolean> ENABLED =
      Field.optional("enabled", Scalars.bool(), PoolTls::enabled, true);
  private static final Field<PoolTls, Verify> VERIFY =
      Field.optional("verify", Scalars.choice(Verify.class), PoolTls::verify, Verify.FULL);
  public static final Field<PoolTls, String> CA = file("ca", PoolTls::ca);
  private static final Field<PoolTls, String> SERVER_NAME =
      Field.optional("server_name", TlsScalars.serverName(), PoolTls::serverName, "");
  private static final Field<PoolTls, Boolean> SNI =
      Field.optional("sni", TlsScalars.sni(), PoolTls::forwardsSni, false);
  public static final Field<PoolTls, String> CERT = file("cert", PoolTls::cert);
  public static final Field<PoolTls, String> KEY = file("key", PoolTls::key);
  public static final Field<PoolTls, String> KEY_PASSWORD_FILE =
      file("key_password_file", PoolTls::keyPasswordFile);
  private static final Field<PoolTls, List<String>> ALPN =
      Field.optional("alpn", TlsScalars.protocols(), PoolTls::alpn, List.of());

  public static final Section<PoolTls> TLS =
      new Section<>(
          PoolTlsKeys::tls,
          PoolTlsKeys::check,
          ENABLED,
          VERIFY,
          CA,
          SERVER_NAME,
          SNI,
          CERT,
          KEY,
          KEY_PASSWORD_FILE,
          ALPN);

  public static final Field<PoolConfig, PoolTls> POOL_TLS =
      Field.optional(
          "tls", new OptionalTable<>(TLS, PoolTls.OFF), p -> p.outbound().tls(), PoolTls.OFF);

  private PoolTlsKeys() {}

  private static Field<PoolTls, String> file(String name, Function<PoolTls, String> getter) {
    return Field.optional(name, Scalars.text(), getter, "");
  }

  private static PoolTls tls(Values<PoolTls> v) {
    return new PoolTls(
        v.get(ENABLED),
        v.get(VERIFY),
        v.get(CA),
        v.get(SERVER_NAME),
        v.get(SNI),
        v.get(CERT),
        v.get(KEY),
        v.get(KEY_PASSWORD_FILE),
        v.get(ALPN));
  }

  private static void check(Values<PoolTls> values, Problems problems) {
    boolean cert = !values.get(CERT).isEmpty();
    boolean key = !values.get(KEY).isEmpty();
    if (cert && !key) {
      problems.add(values.place(CERT), "a certificate needs its private key; name it with key");
    } else if (key && !cert) {
      problems.add(values.place(KEY), "a private key needs its certificate; name it with cert");
    }
    if (!key && !values.get(KEY_PASSWORD_FILE).isEmpty()) {
      problems.add(
          values.place(KEY_PASSWORD_FILE),
          "a password needs the private key that it is for; name it with key");
    }
  }

  /** What TLS and the other keys of a pool must be together. */
  static void checkPool(
      Values<PoolConfig> values,
      Field<PoolConfig, List<BackendConfig>> backends,
      Problems problems) {
    PoolTls tls = values.get(POOL_TLS);
    if (tls.enabled() && tls.verify() == Verify.FULL && tls.serverName().isEmpty()) {
      unix(values.get(backends))
          .ifPresent(backend -> problems.add(values.place(POOL_TLS), nameless(backend)));
    }
  }

  private static Optional<BackendConfig> unix(List<BackendConfig> backends) {
    return backends.stream().filter(backend -> backend.address() instanceof UnixPath).findFirst();
  }

  private static String nameless(BackendConfig backend) {
    return backend.address()
        + " has no host name that its certificate could be for; give the name with server_name, or"
        + " check the chain only with verify = \"chain\"";
  }
}
