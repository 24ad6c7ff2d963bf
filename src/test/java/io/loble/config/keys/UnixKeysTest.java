package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.model.FileMode;
import io.loble.model.UnixPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unix sockets, as a file says them. */
class UnixKeysTest {

  private static final String BACKEND = "[[backends]]\naddress = \"10.0.0.1:80\"\n";

  @Test
  void listenersAndBackendsMayBePaths() throws ConfigException {
    LobleConfig config =
        load(
            """
            [listener]
            address = "unix:/run//loble/edge.sock"
            socket_mode = "0600"
            [[backends]]
            address = "unix:/run/app.sock"
            """);
    assertThat(config.listeners().get(0).address())
        .isEqualTo(new UnixPath("/run/loble/edge.sock"))
        .hasToString("unix:/run/loble/edge.sock");
    assertThat(config.listeners().get(0).socket().mode()).isEqualTo(new FileMode(0600));
    assertThat(pool(config, "default").backends().get(0).name()).isEqualTo("unix:/run/app.sock");
    assertThat(load(listener("")).listeners().get(0).socket().mode()).hasToString("0660");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix:edge.sock | the path of a Unix socket begins with a slash: unix:/run/app.sock",
        "unix: | the path of a Unix socket begins with a slash: unix:/run/app.sock",
        "unix:@edge | the path of a Unix socket begins with a slash: unix:/run/app.sock",
        "unix:/run/ | is not the path of a file; write one such as unix:/run/app.sock",
      })
  void aPathIsThatOfAFile(String address, String error) {
    assertThat(errors("[listener]\naddress = \"" + address + "\"\n" + BACKEND))
        .singleElement()
        .asString()
        .endsWith("listener.address: " + error);
  }

  @Test
  void aPathThatIsTooLongIsAnError() throws ConfigException {
    String longest = "/run/" + "x".repeat(102);
    assertThat(load("[listener]\naddress = \"unix:" + longest + "\"\n" + BACKEND).listeners())
        .hasSize(1);
    assertThat(errors("[listener]\naddress = \"unix:" + longest + "x\"\n" + BACKEND))
        .singleElement()
        .asString()
        .endsWith("the path is 108 bytes long; that of a Unix socket has at most 107");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x180", "8", "0888", "1660", "rw-rw----"})
  void aModeIsOctal(String mode) {
    assertThat(errors(listener("socket_mode = \"" + mode + "\"")))
        .singleElement()
        .asString()
        .contains("listener.socket_mode: expected a mode of three octal digits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v6only = true | listener.v6only: a Unix socket has no IPv6; leave it out",
        "reuse_port = true | listener.reuse_port: two processes cannot listen on one Unix socket",
        "allow = ['10.0.0.0/8'] | listener.allow: clients of a Unix socket have no address",
        "per_client.max_connections = 1 | listener.per_client: clients of a Unix socket have no",
        "accept_proxy_from = ['::1'] | listener.accept_proxy_from: clients of a Unix socket have",
      })
  void whatAUnixSocketDoesNotHaveIsAnError(String key, String error) {
    assertThat(errors(listener(key))).singleElement().asString().contains(error);
  }

  @Test
  void clientsThatAHeaderNamesHaveAnAddress() throws ConfigException {
    String keys = "accept_proxy = \"required\"\nallow = [\"10.0.0.0/8\"]";
    assertThat(load(listener(keys)).listeners().get(0).limits().allow()).hasSize(1);
  }

  @Test
  void onlyAUnixSocketHasAMode() {
    assertThat(errors("[listener]\naddress = \"0.0.0.0:80\"\nsocket_mode = \"0600\"\n" + BACKEND))
        .singleElement()
        .asString()
        .contains("listener.socket_mode: only a Unix socket has a mode; leave it out");
  }

  @Test
  void twoListenersCannotHaveOnePath() {
    String second = "[[listeners]]\nname = \"b\"\naddress = \"unix:/run/edge.sock\"\n";
    assertThat(errors(listener("") + second))
        .singleElement()
        .asString()
        .contains("unix:/run/edge.sock conflicts with another address")
        .endsWith("; use another path");
  }

  @Test
  void aLoopIsFound() {
    String both =
        """
        [listener]
        address = "unix:/run/edge.sock"
        [[backends]]
        address = "unix:/run/edge.sock"
        """;
    assertThat(errors(both))
        .singleElement()
        .asString()
        .contains("unix:/run/edge.sock is the listener \"default\" of this process");
  }

  @Test
  void sourceAddressesTowardsUnixSocketsAreWarnedOf() throws ConfigException {
    LobleConfig config =
        load(
            """
            [listener]
            address = "0.0.0.0:80"
            [pools.default]
            source = ["127.0.0.1"]
            [[pools.default.backends]]
            address = "unix:/run/app.sock"
            """);
    assertThat(ConfigWarnings.of(config))
        .singleElement()
        .asString()
        .startsWith("pools.default.source: has no effect");
  }

  @Test
  void aMissingDirectoryIsWarnedOf() throws ConfigException {
    LobleConfig config = load("[listener]\naddress = \"unix:/nowhere/x.sock\"\n" + BACKEND);
    assertThat(ConfigWarnings.of(config))
        .containsExactly(
            "listeners.default.address: this machine has no directory /nowhere, where the socket is"
                + " to be made");
  }

  private static String listener(String more) {
    return "[listener]\naddress = \"unix:/run/edge.sock\"\n" + more + "\n" + BACKEND;
  }
}
