package io.loble.config.keys;

import static io.loble.config.source.Loading.errorsOfPlan;
import static io.loble.config.source.Loading.plan;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of a pool, as a file says it. */
class PoolTlsKeysTest {

  private static final String WEB =
      """
      [[listeners]]
      name = "edge"
      address = "0.0.0.0:443"
      pool = "web"
      [[pools.web.backends]]
      address = "10.0.0.1:443"
      """;

  private static final PoolTls ON =
      new PoolTls(true, Verify.FULL, "", "", false, "", "", "", List.of());

  @Test
  void withoutTheTableNothingIsEncrypted() throws ConfigException {
    assertThat(tls("")).isEqualTo(PoolTls.OFF);
    assertThat(ConfigParts.toJson(pool(plan(WEB), "web")).containsKey("tls")).isFalse();
  }

  @Test
  void theTableTurnsItOn() throws ConfigException {
    assertThat(tls("[pools.web.tls]")).isEqualTo(ON);
    assertThat(tls("[pools.web.tls]\nenabled = false")).isEqualTo(PoolTls.OFF);
  }

  @Test
  void everyKeyHasItsEffect() throws ConfigException {
    String keys =
        """
        [pools.web.tls]
        enabled = false
        verify = "chain"
        ca = "ca.pem"
        server_name = "DB.example.com."
        sni = "forward"
        cert = "a.pem"
        key = "a.key"
        key_password_file = "a.password"
        alpn = ["h2"]
        """;
    assertThat(tls(keys))
        .isEqualTo(
            new PoolTls(
                false,
                Verify.CHAIN,
                "ca.pem",
                "db.example.com",
                true,
                "a.pem",
                "a.key",
                "a.password",
                List.of("h2")));
  }

  @Test
  void aServerMayBeAnAddress() throws ConfigException {
    assertThat(tls("tls.server_name = '2001:DB8:0::1'").serverName()).isEqualTo("2001:db8::1");
    assertThat(tls("tls.server_name = '10.0.0.9'").serverName()).isEqualTo("10.0.0.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.example.com", "a b", "bücher.example", "300.1.1.1", "a:1", ".", "é"})
  void aNameOfAnotherFormIsRefused(String name) {
    assertThat(errorsOfPlan(WEB + "[pools.web.tls]\nserver_name = '" + name + "'"))
        .containsExactly(
            "loble.toml:8:1: pools.web.tls.server_name: expected an IP address, \"\", or a host"
                + " name in ASCII, such as \"db.example.com\", found the string \""
                + name
                + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "enabled = 1 | enabled: expected true or false, found 1",
        "verify = \"name\" | verify: expected one of full, chain, none, found the string \"name\"",
        "sni = \"on\" | sni: expected \"forward\" or \"\", found the string \"on\"",
        "cert = \"a.pem\" | cert: a certificate needs its private key; name it with key",
        "key = \"a.key\" | key: a private key needs its certificate; name it with cert",
        "key_password_file = \"a\" | key_password_file: a password needs the private key that it is for; name it with key",
        "cas = \"a.pem\" | cas: unknown key; did you mean 'ca'?",
        "alpn = [\"\"] | alpn[0]: expected the name of a protocol, such as \"h2\", of 1 to 255 printable ASCII characters, found the string \"\"",
      })
  void whatIsWrongIsSaid(String line, String error) {
    assertThat(errorsOfPlan(WEB + "[pools.web.tls]\n" + line))
        .singleElement()
        .asString()
        .matches("loble.toml:8:\\d+: .*")
        .endsWith("pools.web.tls." + error);
  }

  @Test
  void aUnixSocketHasNoNameOfItsOwn() throws ConfigException {
    String unix = WEB.replace("10.0.0.1:443", "unix:/run/app.sock");
    assertThat(errorsOfPlan(unix + "[pools.web.tls]"))
        .containsExactly(
            "loble.toml:7:1: pools.web.tls: unix:/run/app.sock has no host name that its"
                + " certificate could be for; give the name with server_name, or check the chain"
                + " only with verify = \"chain\"");
    for (String key : List.of("server_name = 'app'", "verify = 'chain'", "enabled = false")) {
      assertThat(errorsOfPlan(unix + "[pools.web.tls]\n" + key)).isEmpty();
    }
  }

  @Test
  void nothingThatIsCheckedIsAWarning() throws ConfigException {
    String keys = "[pools.web.tls]\nverify = 'none'\nca = 'ca.pem'\n";
    assertThat(ConfigWarnings.of(plan(WEB + keys)))
        .containsExactly(
            "pools.web.tls.verify: nothing is checked of backends: whoever is between can read and"
                + " change everything",
            "pools.web.tls.ca: has no effect while verify is none");
    assertThat(ConfigWarnings.of(plan(WEB + keys + "enabled = false"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| tls.verify = 'chain' | tls.enabled false -> true; tls.verify full -> chain",
        "tls.verify = 'chain' | | tls.enabled true -> false; tls.verify chain -> full",
        "| tls = { enabled = false, ca = 'x' } | tls.ca  -> x; tls.enabled false -> false",
        "tls = { enabled = false, ca = 'x' } | tls.ca = 'x' | tls.enabled false -> true",
        "tls.ca = 'x' | tls.ca = 'y' | tls.ca x -> y",
      })
  void changesAreNamedOneByOne(String before, String after, String changes) throws ConfigException {
    LobleConfig from = plan(in(before));
    LobleConfig to = plan(in(after));
    ConfigDiff diff = ConfigDiff.between(from, to);
    assertThat(String.join("; ", diff.lines()).replace("~ pool web: ", "")).isEqualTo(changes);
    assertThat(diff.apply(from)).isEqualTo(to);
  }

  @Test
  void aPoolThatIsAddedByCommandHasWhatItIsGiven() throws ConfigException {
    PoolConfig plain = pool(plan(WEB), "web");
    JsonObject keys = new JsonObject().put("verify", "chain");
    PoolConfig added = ConfigParts.pool(plain, new JsonObject().put("tls", keys));
    assertThat(added.outbound().tls()).isEqualTo(tls("tls.verify = 'chain'"));
  }

  private static PoolTls tls(String keys) throws ConfigException {
    return pool(plan(in(keys)), "web").outbound().tls();
  }

  private static String in(String keys) {
    return keys != null && keys.startsWith("tls")
        ? WEB + "[pools.web]\n" + keys
        : WEB + (keys == null ? "" : keys);
  }
}
