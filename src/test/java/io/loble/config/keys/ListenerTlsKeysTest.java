package io.loble.config.keys;

import static io.loble.config.source.Loading.errorsOfPlan;
import static io.loble.config.source.Loading.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.CertificateFiles;
import io.loble.config.ConfigException;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.diff.ConfigDiff;
import io.loble.tls.TlsVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS of a listener, as a file says it. */
class ListenerTlsKeysTest {

  private static final String LISTENER =
      "[[listeners]]\nname = \"edge\"\naddress = \"0.0.0.0:443\"\npool = \"web\"\n";
  private static final String ONE = "certificates = [{ cert = \"a.pem\", key = \"a.key\" }]\n";
  private static final String TLS = "[listeners.tls]\n" + ONE;
  private static final String POOL = "[[pools.web.backends]]\naddress = \"10.0.0.1:80\"\n";

  @Test
  void withoutTheTableClientsAreNotDecrypted() throws ConfigException {
    assertThat(listener("").tls()).isEqualTo(ListenerTls.OFF);
    assertThat(ConfigParts.toJson(listener("")).containsKey("tls")).isFalse();
  }

  @Test
  void certificatesAreEnough() throws ConfigException {
    assertThat(listener(TLS).tls())
        .isEqualTo(
            new ListenerTls(
                List.of(new CertificateFiles("a.pem", "a.key", "")),
                false,
                "",
                ClientAuth.NONE,
                TlsVersion.TLS_1_2,
                List.of(),
                List.of()));
  }

  @Test
  void everyKeyHasItsEffect() throws ConfigException {
    String keys =
        """
        [listeners.tls]
        strict_sni = true
        client_ca = "ca.pem"
        client_auth = "request"
        min_version = "TLSv1.3"
        ciphers = ["TLS_AES_128_GCM_SHA256"]
        alpn = ["h2", "http/1.1"]
        [[listeners.tls.certificates]]
        cert = "a.pem"
        key = "a.key"
        key_password_file = "a.password"
        [[listeners.tls.certificates]]
        cert = "b.pem"
        key = "b.pem"
        """;
    assertThat(listener(keys).tls())
        .isEqualTo(
            new ListenerTls(
                List.of(
                    new CertificateFiles("a.pem", "a.key", "a.password"),
                    new CertificateFiles("b.pem", "b.pem", "")),
                true,
                "ca.pem",
                ClientAuth.REQUEST,
                TlsVersion.TLS_1_3,
                List.of("TLS_AES_128_GCM_SHA256"),
                List.of("h2", "http/1.1")));
  }

  @Test
  void theShortFormOfAListenerHasItToo() throws ConfigException {
    String toml = "[listener]\naddress = \"unix:/run/edge.sock\"\n[listener.tls]\n" + ONE;
    assertThat(plan(toml + "[pools.default]\n").listeners().get(0).tls().isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "strict_sni = 1 | strict_sni: expected true or false, found 1",
        "client_auth = \"required\" | client_auth: expected one of none, request, require, found the string \"required\"; did you mean \"require\"?",
        "client_auth = \"require\" | client_auth: \"require\" needs the authorities that clients' certificates come from; name their file with client_ca",
        "min_version = \"TLSv1.1\" | min_version: expected one of TLSv1.2, TLSv1.3, found the string \"TLSv1.1\"",
        "ciphers = [\"ECDHE-RSA-AES128-GCM-SHA256\"] | ciphers[0]: expected the name that IANA has given to a cipher suite, such as \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\", found the string \"ECDHE-RSA-AES128-GCM-SHA256\"",
        "alpn = [\"h 2\"] | alpn[0]: expected the name of a protocol, such as \"h2\", of 1 to 255 printable ASCII characters, found the string \"h 2\"",
        "alpn = \"h2\" | alpn: expected an array of names of protocols, such as [\"h2\"], found the string \"h2\"",
        "client_cas = \"x\" | client_cas: unknown key; did you mean 'client_ca'?",
      })
  void whatIsWrongIsSaid(String line, String error) {
    assertThat(errorsOfPlan(LISTENER + TLS + line + "\n" + POOL))
        .singleElement()
        .asString()
        .matches("loble.toml:7:\\d+: .*")
        .endsWith("listeners[0].tls." + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "certificates = [] | certificates: there is none, and TLS needs one; name its files with certificates = [{ cert = \"a.pem\", key = \"a.key\" }], or leave the whole table out for plain TCP",
        "strict_sni = true | certificates: there is none, and TLS needs one; name its files with certificates = [{ cert = \"a.pem\", key = \"a.key\" }], or leave the whole table out for plain TCP",
        "certificates = [{ cert = \"a.pem\" }] | certificates[0].key: missing; expected the path of a file in PEM form, such as \"a.pem\"",
        "certificates = [{ cert = \"\", key = \"a\" }] | certificates[0].cert: expected the path of a file in PEM form, such as \"a.pem\", found the string \"\"",
        "certificates = \"a.pem\" | certificates: expected an array of tables, found the string \"a.pem\"",
        "certificates = [{ cert = \"a\", key = \"a\", chain = \"a\" }] | certificates[0].chain: unknown key; known here: cert, key, key_password_file",
      })
  void aCertificateHasItsKey(String line, String error) {
    assertThat(errorsOfPlan(LISTENER + "[listeners.tls]\n" + line + "\n" + POOL))
        .singleElement()
        .asString()
        .endsWith("listeners[0].tls." + error);
  }

  @Test
  void whatIsProbablyAMistakeIsSaid() throws ConfigException {
    String keys = TLS + "client_ca = \"ca.pem\"\nalpn = [\"h2\"]\n";
    assertThat(ConfigWarnings.of(plan(LISTENER + keys + route("h2") + route("http/1.1") + POOL)))
        .containsExactly(
            "listeners.edge.tls.client_ca: has no effect while client_auth is none",
            "listeners.edge.routes[1].alpn: is never taken, since tls.alpn has none of its"
                + " protocols");
    assertThat(ConfigWarnings.of(plan(LISTENER + route("http/1.1") + POOL))).isEmpty();
  }

  private static String route(String alpn) {
    return "[[listeners.routes]]\nalpn = [\"" + alpn + "\"]\npool = \"web\"\n";
  }

  @Test
  void changesAreNamedOneByOne() throws ConfigException {
    var plain = plan(LISTENER + POOL);
    var encrypted = plan(LISTENER + TLS + "[timeouts]\nhandshake = \"3s\"\n" + POOL);
    assertThat(encrypted.timeouts().handshake()).isEqualTo(Duration.ofSeconds(3));

    ConfigDiff diff = ConfigDiff.between(plain, encrypted);
    assertThat(diff.lines())
        .containsExactly(
            "~ timeouts.handshake 10s -> 3s",
            "~ listener edge: tls.certificates [] ->"
                + " [{\"cert\":\"a.pem\",\"key\":\"a.key\",\"key_password_file\":\"\"}]");
    assertThat(diff.apply(plain)).isEqualTo(encrypted);
    assertThat(ConfigDiff.between(encrypted, plain).apply(encrypted)).isEqualTo(plain);
  }

  @Test
  void aHandshakeHasABound() {
    assertThat(errorsOfPlan(LISTENER + POOL + "[timeouts]\nhandshake = \"0s\"\n"))
        .containsExactly(
            "loble.toml:8:1: timeouts.handshake: expected a duration of at least 1ms, such as"
                + " \"250ms\" or \"3s\", found the string \"0s\"");
  }

  @Test
  void aCommandSetsSingleKeys() throws ConfigException {
    ListenerConfig plain = listener("");
    JsonObject files = new JsonObject().put("cert", "a.pem").put("key", "a.key");
    JsonObject on = tls(new JsonObject().put("certificates", new JsonArray().add(files)));
    ListenerConfig encrypted = ConfigParts.listener(plain, on);
    assertThat(encrypted).isEqualTo(listener(TLS));

    JsonObject strict = tls(new JsonObject().put("strict_sni", true));
    assertThat(ConfigParts.listener(encrypted, strict))
        .isEqualTo(listener(TLS + "strict_sni = true\n"));
    assertThatThrownBy(() -> ConfigParts.listener(plain, strict))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tls.certificates: there is none");
  }

  private static JsonObject tls(JsonObject keys) {
    return new JsonObject().put("tls", keys);
  }

  private static ListenerConfig listener(String keys) throws ConfigException {
    return plan(LISTENER + keys + POOL).listeners().get(0);
  }
}
