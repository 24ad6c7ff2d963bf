package io.loble.config.keys;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminTls;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.source.EffectiveConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code [admin]} asks for before it is reachable, and of the files that it names. */
class AdminSecurityTest {

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:9001", "10.0.0.1:9001", "[::]:9001", "example.com:9001"})
  void an_admin_address_that_others_can_reach_needs_a_token(String address) {
    assertThat(errors(MINIMAL + "[admin]\naddress = \"" + address + "\""))
        .singleElement()
        .asString()
        .startsWith("loble.toml:6:1: admin.address: ")
        .contains("admin.token_file must name a file with a token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9001", "127.1.2.3:9001", "[::1]:9001", "localhost:9001"})
  void a_loopback_admin_address_needs_no_token(String address) {
    assertThat(errors(MINIMAL + "[admin]\naddress = \"" + address + "\"")).isEmpty();
  }

  @Test
  void a_token_file_must_be_readable_and_not_empty() throws IOException {
    Path file = directory.resolve("token");
    String toml = MINIMAL + "[admin]\naddress = \"0.0.0.0:9001\"\ntoken_file = '" + file + "'\n";
    assertThat(errors(toml))
        .containsExactly(
            "loble.toml:7:1: admin.token_file: \""
                + file
                + "\" is not a file that can be read; create it, or correct the path");
    Files.createFile(file);
    assertThat(errors(toml))
        .containsExactly(
            "loble.toml:7:1: admin.token_file: \"" + file + "\" is empty; write a token into it");
    Files.writeString(file, "secret");
    assertThat(errors(toml)).isEmpty();
  }

  @Test
  void every_file_must_be_readable_and_not_empty() throws IOException {
    Path there = Files.writeString(directory.resolve("there"), "x");
    Path empty = Files.createFile(directory.resolve("empty"));
    String toml =
        MINIMAL
            + """
            [admin]
            token_file = '%s'
            readonly_token_file = '%s'
            [admin.tls]
            cert = '%s'
            key = '%s'
            client_ca = '%s'
            """
                .formatted(there, empty, empty, directory, empty);
    assertThat(errors(toml))
        .containsExactly(
            "loble.toml:7:1: admin.readonly_token_file: \"%s\" is empty; write a token into it"
                .formatted(empty),
            "loble.toml:9:1: admin.tls.cert: \"%s\" is empty;".formatted(empty)
                + " write a certificate in PEM form into it",
            "loble.toml:10:1: admin.tls.key: \"%s\" is not a file that can be read;"
                    .formatted(directory)
                + " create it, or correct the path",
            "loble.toml:11:1: admin.tls.client_ca: \"%s\" is empty;".formatted(empty)
                + " write an authority's certificate in PEM form into it");
  }

  @Test
  void a_file_is_reported_together_with_what_else_is_wrong() {
    assertThat(errors(MINIMAL + "[admin]\ntoken_file = 'nowhere'\n[limits]\nmax_pipes = -1"))
        .hasSize(2);
  }

  @Test
  void a_file_that_the_overrides_name_is_looked_at_too() {
    JsonObject overrides = new JsonObject("{\"admin\":{\"token_file\":\"nowhere\"}}");
    assertThat(errors(MINIMAL, overrides, Map.of()))
        .containsExactly(
            "-conf: overrides.admin.token_file: \"nowhere\" is not a file that can be read;"
                + " create it, or correct the path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[admin] | readonly_token_file = 'pom.xml' | admin.readonly_token_file: a read-only token"
            + " needs a full token beside it; name its file with admin.token_file",
        "[admin.tls] | cert = 'pom.xml' | admin.tls.cert: a certificate needs its private key;"
            + " name it with admin.tls.key",
        "[admin.tls] | key = 'pom.xml' | admin.tls.key: a private key needs its certificate;"
            + " name it with admin.tls.cert",
        "[admin.tls] | client_ca = 'pom.xml' | admin.tls.client_ca: client certificates exist over"
            + " HTTPS only; name the server's own certificate with admin.tls.cert",
        "[admin.tls] | ca = 'pom.xml' | admin.tls.ca: unknown key; known here: cert, key, client_ca",
        "[admin] | tls = true | admin.tls: expected a table, found the boolean true",
      })
  void what_belongs_together_is_given_together(String table, String line, String error) {
    String written = line.replace("'pom.xml'", "\"pom.xml\"");
    assertThat(errors(MINIMAL + table + "\n" + written + "\n"))
        .containsExactly("loble.toml:6:1: " + error);
  }

  @Test
  void one_file_cannot_hold_both_tokens() {
    String toml = MINIMAL + "[admin]\ntoken_file = 'pom.xml'\nreadonly_token_file = 'pom.xml'";
    assertThat(errors(toml))
        .containsExactly(
            "loble.toml:7:1: admin.readonly_token_file: \"pom.xml\" is the file of"
                + " admin.token_file; name a different file");
  }

  @Test
  void a_file_that_has_gone_does_not_stop_a_document_from_being_read_again()
      throws IOException, ConfigException {
    Path token = Files.writeString(directory.resolve("token"), "secret");
    Path pem = Files.writeString(directory.resolve("pem"), "x");
    String toml =
        MINIMAL
            + "[admin]\naddress = \"0.0.0.0:9001\"\ntoken_file = '%s'\nreadonly_token_file = '%s'\n"
                .formatted(token, pem)
            + "[admin.tls]\ncert = '%s'\nkey = '%s'\nclient_ca = '%s'\n".formatted(pem, pem, pem);
    LobleConfig config = load(toml);
    Files.delete(token);
    Files.delete(pem);
    assertThat(ConfigJson.read(ConfigJson.write(config))).isEqualTo(config);
    assertThat(config.admin().tls())
        .isEqualTo(new AdminTls(pem.toString(), pem.toString(), pem.toString()));
    assertThat(config.admin().readonlyTokenFile()).isEqualTo(pem.toString());
  }

  @Test
  void the_effective_configuration_names_the_files_again() throws IOException, ConfigException {
    Path pem = Files.writeString(directory.resolve("pem"), "x");
    LobleConfig config =
        load(MINIMAL + "[admin.tls]\ncert = '%s'\nkey = '%s'\n".formatted(pem, pem));
    String toml = EffectiveConfig.toToml(config);
    assertThat(toml).contains("[admin.tls]\ncert = \"" + pem + "\"");
    assertThat(load(toml)).isEqualTo(config);
  }
}
