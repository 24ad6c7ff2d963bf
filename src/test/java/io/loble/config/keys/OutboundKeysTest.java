package io.loble.config.keys;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.source.EffectiveConfig;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections to backends begin, as the configuration says it. */
class OutboundKeysTest {

  private static final String POOL = MINIMAL + "[pools.default]\n";

  @Test
  void without_a_word_nothing_is_sent_first_and_the_system_chooses() throws ConfigException {
    assertThat(pool(load(MINIMAL), "default").outbound()).isEqualTo(Outbound.PLAIN);
    assertThat(pool(load(MINIMAL), "default").health().active().sendProxy()).isTrue();
  }

  @Test
  void addresses_are_read_by_family() throws ConfigException {
    Outbound outbound = outbound("send_proxy = 'v2'\nsource = ['10.0.0.6', 'fd00::1', '10.0.0.5']");
    assertThat(outbound.sendProxy()).isEqualTo(SendProxy.V2);
    assertThat(outbound.source().ipv4())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("10.0.0.6", "10.0.0.5");
    assertThat(outbound.source().ipv6()).hasSize(1);
  }

  @Test
  void an_address_is_given_once_in_whatever_form() {
    assertThatThrownBy(() -> outbound("source = ['10.0.0.6', '::ffff:10.0.0.6']"))
        .hasMessageContaining("source[1]: \"10.0.0.6\" is given twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5:80",
        "10.0.0.05",
        "10.0.0",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "fe80::1%lo",
        "localhost",
        ""
      })
  void what_no_socket_can_be_bound_to_is_an_error(String address) {
    assertThat(errors(POOL + "source = ['127.0.0.2', '" + address + "']"))
        .containsExactly(
            "loble.toml:6:24: pools.default.source[1]: expected an IP address without a port, such"
                + " as \"10.0.0.5\", found the string \""
                + address
                + '"');
  }

  @Test
  void a_change_is_a_change_of_the_pool_alone() throws ConfigException {
    LobleConfig before = load(POOL + "source = ['10.0.0.5']");
    LobleConfig after = load(POOL + "source = ['10.0.0.5', 'fd00::1']\nsend_proxy = 'v1'");
    ConfigDiff diff = ConfigDiff.between(before, after);
    assertThat(diff.lines())
        .containsExactly(
            "~ pool default: send_proxy off -> v1",
            "~ pool default: source [\"10.0.0.5\"] -> [\"10.0.0.5\",\"fd00::1\"]");
    assertThat(diff.apply(before)).isEqualTo(after);
    assertThat(EffectiveConfig.toToml(after)).contains("source = [\"10.0.0.5\", \"fd00::1\"]");
  }

  @Test
  void an_address_of_another_machine_is_warned_of() throws ConfigException {
    assertThat(ConfigWarnings.of(load(POOL + "source = ['127.0.0.2', '203.0.113.1', '::1']")))
        .containsExactly(
            "pools.default.source: this machine does not have the address 203.0.113.1, so no"
                + " connection to a backend can come from it");
  }

  private static Outbound outbound(String keys) throws ConfigException {
    return pool(load(POOL + keys), "default").outbound();
  }
}
