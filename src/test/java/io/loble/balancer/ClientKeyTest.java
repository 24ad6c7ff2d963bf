package io.loble.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What identifies a client. */
class ClientKeyTest {

  @Property
  void holdsAllBytesOfAnIpv6Address(@ForAll @Size(16) byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    assertThat(ClientKey.of(address)).isEqualTo(new ClientKey(bytes.getLong(), bytes.getLong()));
  }

  @Property
  void holdsAllBytesOfAnIpv4Address(@ForAll @Size(4) byte[] address) {
    ClientKey key = ClientKey.of(address);
    assertThat(key.isIpv4()).isTrue();
    assertThat((int) key.low()).isEqualTo(ByteBuffer.wrap(address).getInt());
  }

  @Test
  void anIpv6AddressIsNotTakenForIpv4() {
    assertThat(new ClientKey(0, 1).isIpv4()).isFalse();
    assertThat(new ClientKey(1, 0xffff_0000_0000L).isIpv4()).isFalse();
    assertThat(new ClientKey(0, 0x1_ffff_0000_0000L).isIpv4()).isFalse();
  }
}
