package io.loble.config.read;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.model.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same host in other words is the same host, and what only looks like an address is none. */
class HostsTest {

  @ParameterizedTest
  @CsvSource({
    "LOCALHOST:80, localhost:80",
    "Db.Example.COM:80, db.example.com:80",
    "[0:0:0:0:0:0:0:1]:80, [::1]:80",
    "[0::1]:80, [::1]:80",
    "[0:0:0:0:0:0:0:0]:80, [::]:80",
    "[2001:DB8:0:0:1:0:0:1]:80, [2001:db8::1:0:0:1]:80",
    "[::ffff:10.0.0.1]:80, 10.0.0.1:80",
    "[::FFFF:0a00:0001]:80, 10.0.0.1:80",
    "[FE80::1%eth0]:80, [fe80::1%eth0]:80",
    "10.0.0.1:80, 10.0.0.1:80",
    "no address, no address"
  })
  void there_is_one_way_to_write_each(String written, String canonical) {
    assertThat(Hosts.canonical(written)).isEqualTo(canonical);
    assertThat(Hosts.canonical(canonical)).isEqualTo(canonical);
  }

  @Property
  void the_one_way_means_the_same_address_and_does_not_change(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(bytes);
    HostPort once = Hosts.canonical(new HostPort(address.getHostAddress(), 80));
    assertThat(InetAddress.getByName(once.host())).isEqualTo(address);
    assertThat(Hosts.canonical(once)).isEqualTo(once);
    assertThat(HostPort.parse(once.toString())).contains(once);
    assertThat(Hosts.fault(once.host())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "[::1]:8080, [0:0:0:0:0:0:0:1]:8080",
    "localhost:8080, LOCALHOST:8080",
    "10.0.0.1:8080, [::ffff:10.0.0.1]:8080"
  })
  void the_same_backend_in_other_words_is_refused(String one, String other) {
    assertThat(errors(file("0.0.0.0:9000", one) + "[[backends]]\naddress = \"" + other + "\"\n"))
        .containsExactly(
            "loble.toml:6:1: backends[1].address: \""
                + one
                + "\" is already used by backends[0].address (line 4); each address may be used only once");
  }

  @Test
  void a_listener_in_other_words_is_in_the_way() {
    String other = "[[listeners]]\nname = \"b\"\naddress = \"[0:0:0:0:0:0:0:1]:9000\"\n";
    assertThat(errors(file("[::1]:9000", "10.0.0.1:80") + other))
        .singleElement()
        .asString()
        .startsWith(
            "loble.toml:7:1: listeners[0].address: [::1]:9000 conflicts with another address");
  }

  @Test
  void a_backend_without_a_name_is_called_the_same_however_it_is_written() throws ConfigException {
    LobleConfig config = load(MINIMAL.replace("10.0.0.1", "DB.example.com"));
    assertThat(pool(config, "default").backends())
        .extracting(BackendConfig::name)
        .containsExactly("db.example.com:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.010",
        "127.1",
        "300.1.1.1",
        "1.2.3",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "1",
        "127.0.0.1.",
        "1.2.3.4.5",
        "db.example.1",
        "256.256.256.256",
        "010.0.0.1"
      })
  void what_looks_like_an_ipv4_address_and_is_none_is_refused(String host) {
    assertRefused(host, host, "looks like an IPv4 address but is not one; write four numbers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345::1", "1:2", "::1::2", "::ffff:10.0.0.010", "::ffff:300.1.1.1"})
  void what_is_no_ipv6_address_is_refused(String host) {
    assertRefused('[' + host + ']', host, "is not an IPv6 address; write one such as ::1");
  }

  private static void assertRefused(String written, String host, String reason) {
    assertThat(errors(file("0.0.0.0:9000", written + ":8080")))
        .singleElement()
        .asString()
        .startsWith("loble.toml:4:1: backends[0].address: \"" + host + "\" " + reason);
    assertThat(errors(file(written + ":9000", "10.0.0.1:80")))
        .singleElement()
        .asString()
        .startsWith("loble.toml:2:1: listener.address: \"" + host + "\" " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4",
        "255.255.255.255",
        "db-1",
        "1and1.com",
        "node1.2a",
        "fe80.example",
        "localhost.",
        "x0x1"
      })
  void names_and_addresses_are_taken(String host) {
    assertThat(errors(file("0.0.0.0:9000", host + ":8080"))).isEmpty();
  }

  @Test
  void a_host_that_no_name_server_takes_is_refused() {
    assertThat(errors(file("0.0.0.0:9000", "a".repeat(254) + ":80")))
        .containsExactly("loble.toml:4:1: backends[0].address: a host has at most 253 characters");
  }

  @Test
  void an_address_that_is_too_long_for_a_name_asks_for_another() {
    String toml = file("0.0.0.0:9000", "a".repeat(253) + ":8080");
    assertThat(errors(toml))
        .containsExactly(
            "loble.toml:4:1: backends[0].address: is too long for a name;"
                + " give the backend another with name");
    assertThat(errors(toml + "name = \"a\"\n")).isEmpty();
  }

  private static String file(String listener, String backend) {
    return "[listener]\naddress = \"%s\"\n[[backends]]\naddress = \"%s\"\n"
        .formatted(listener, backend);
  }
}
