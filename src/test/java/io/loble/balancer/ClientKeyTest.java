package io.loble.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What identifies a client. */
class ClientKeyTest {

  private static final byte[] SOMEBODY = {10, 0, 0, 7};

  @Property
  void everyByteOfAnAddressCounts(
      @ForAll @Size(16) byte[] address, @ForAll @IntRange(max = 15) int at) {
    byte[] other = address.clone();
    other[at]++;
    assertThat(ClientKey.of(other)).isNotEqualTo(ClientKey.of(address));
    byte[] ipv4 = Arrays.copyOf(address, 4);
    byte[] otherIpv4 = ipv4.clone();
    otherIpv4[at % 4]++;
    assertThat(ClientKey.of(otherIpv4)).isNotEqualTo(ClientKey.of(ipv4));
  }

  @Property
  void anIpv6AddressIsNotTakenForIpv4(@ForAll @Size(4) byte[] ipv4) {
    byte[] compatible = new byte[16];
    System.arraycopy(ipv4, 0, compatible, 12, 4);
    assertThat(ClientKey.of(compatible)).isNotEqualTo(ClientKey.of(ipv4));
  }

  @Test
  void everyPortIsAnother() {
    Set<ClientKey> keys = new HashSet<>();
    for (int port = 0; port <= 0xffff; port++) {
      keys.add(ClientKey.of(SOMEBODY, port));
    }
    assertThat(keys).hasSize(0x10000).doesNotContain(ClientKey.of(SOMEBODY));
  }

  @Test
  void aNameIsAKeyOfItsOwn() {
    assertThat(ClientKey.of("a.example"))
        .isEqualTo(ClientKey.of("a.example"))
        .isNotEqualTo(ClientKey.of("b.example"));
  }
}
