package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backend that is a listener of the same process, and leads back, is refused. */
class ListenerLoopsTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, 127.0.0.1:9000",
    "127.0.0.1:9000, localhost:9000",
    "127.0.0.1:9000, LOCALHOST:9000",
    "127.0.0.1:9000, 0.0.0.0:9000",
    "127.0.0.1:9000, [::ffff:127.0.0.1]:9000",
    "localhost:9000, 127.0.0.1:9000",
    "[::1]:9000, [0:0:0:0:0:0:0:1]:9000",
    "0.0.0.0:9000, 127.0.0.1:9000",
    "0.0.0.0:9000, 127.1.2.3:9000",
    "0.0.0.0:9000, localhost:9000",
    "0.0.0.0:9000, 0.0.0.0:9000",
    "[::]:9000, 127.0.0.1:9000",
    "[::]:9000, [::1]:9000"
  })
  void a_listener_of_the_pool_itself(String listener, String backend) {
    assertThat(errors(file(listener, backend)))
        .singleElement()
        .asString()
        .startsWith("loble.toml:4:1: backends[0].address: ")
        .endsWith(
            " is the listener \"default\" of this process, whose clients would come back to it;"
                + " name a server");
  }

  @Test
  void ipv6_alone_is_not_where_an_ipv4_address_leads() {
    String only = "[listener]\nv6only = true\n";
    assertThat(errors(file("[::]:9000", "127.0.0.1:9000").replace("[listener]\n", only))).isEmpty();
    assertThat(errors(file("[::]:9000", "[::1]:9000").replace("[listener]\n", only))).hasSize(1);
  }

  @Test
  void an_address_of_an_interface_of_this_machine() throws SocketException {
    for (InetAddress own :
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4)
            .toList()) {
      assertThat(errors(file("0.0.0.0:9000", own.getHostAddress() + ":9000"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, 127.0.0.1:9001",
    "127.0.0.1:9000, 127.0.0.2:9000",
    "127.0.0.1:9000, 10.0.0.1:9000",
    "0.0.0.0:9000, 192.0.2.1:9000",
    "0.0.0.0:9000, db:9000",
    "10.0.0.1:9000, localhost:9000",
    "0.0.0.0:0, 127.0.0.1:9000"
  })
  void other_backends_are_taken(String listener, String backend) {
    assertThat(errors(file(listener, backend))).isEmpty();
  }

  @Test
  void a_chain_of_listeners_that_ends_elsewhere_is_taken() {
    assertThat(errors(chain("10.0.0.1:80"))).isEmpty();
  }

  @Test
  void a_chain_of_listeners_that_comes_back_is_refused_at_each_of_its_links() {
    assertThat(errors(chain("127.0.0.1:9001")))
        .hasSize(2)
        .anySatisfy(e -> assertThat(e).contains("pools.one.backends[0].address: 127.0.0.1:9002"))
        .anySatisfy(e -> assertThat(e).contains("pools.two.backends[0].address: 127.0.0.1:9001"));
  }

  private static String chain(String last) {
    return """
        [[listeners]]
        name = "one"
        address = "127.0.0.1:9001"
        pool = "one"
        [[listeners]]
        name = "two"
        address = "127.0.0.1:9002"
        pool = "two"
        [[pools.one.backends]]
        address = "127.0.0.1:9002"
        [[pools.two.backends]]
        address = "%s"
        """
        .formatted(last);
  }

  private static String file(String listener, String backend) {
    return "[listener]\naddress = \"%s\"\n[[backends]]\naddress = \"%s\"\n"
        .formatted(listener, backend);
  }
}
