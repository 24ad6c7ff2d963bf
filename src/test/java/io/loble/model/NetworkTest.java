package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "192.168.1.7, 192.168.1.7/32",
    "192.168.1.7/32, 192.168.1.7/32",
    "255.255.255.255/32, 255.255.255.255/32",
    "::/0, ::/0",
    "2001:DB8::/32, 2001:db8::/32",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
    "2001:db8:0:1:1:1:1:1/128, 2001:db8:0:1:1:1:1:1/128",
    "::1, ::1/128",
    "::ffff:10.1.2.3, 10.1.2.3/32",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::ffff:a01:203/128, 10.1.2.3/32",
    "64:ff9b::192.0.2.0/120, 64:ff9b::c000:200/120"
  })
  void isReadAndWritten(String text, String written) {
    assertThat(Network.parse(text)).hasToString(written);
    assertThat(Network.parse(written)).isEqualTo(Network.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.0/33 | prefix is 0 to 32",
        "10.0.0.0/ | prefix is 0 to 32",
        "10.0.0.0/-1 | prefix is 0 to 32",
        "10.0.0.0/8.0 | prefix is 0 to 32",
        "10.0.0.0/99999999999 | prefix is 0 to 32",
        "2001:db8::/129 | prefix is 0 to 128",
        "::ffff:10.0.0.0/8 | prefix is 96 to 128",
        "10.1.2.3/8 | has bits behind its prefix; write 10.0.0.0/8 for the network, or 10.1.2.3"
            + " for the address",
        "2001:db8::1/64 | has bits behind its prefix; write 2001:db8::/64 for the network, or"
            + " 2001:db8::1 for the address",
        "10.0.0/8 | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "10.0.0.256/8 | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "010.0.0.0/8 | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "localhost | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "fe80::1%lo | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "1::2::3 | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "cafe | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "/8 | expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address"
      })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + ": " + reason);
  }

  @Test
  void theEmptyTextIsNone() {
    assertThatThrownBy(() -> Network.parse("")).hasMessageContaining("expected a network");
  }

  @Test
  void aroundLeavesOutWhatIsBehindThePrefix() {
    assertThat(Network.around("10.1.2.3/8")).isEqualTo(Network.parse("10.0.0.0/8"));
  }

  @Test
  void networksStandBeforeWhatLiesInThem() {
    List<Network> ordered =
        List.of(
            Network.parse("10.0.0.0/8"),
            Network.parse("10.0.0.0/9"),
            Network.parse("10.1.0.0/16"),
            Network.parse("200.0.0.0/8"),
            Network.parse("::/0"),
            Network.parse("2001:db8::/32"),
            Network.parse("2001:db8::1"),
            Network.parse("2001:db8::8000:0:0:0"),
            Network.parse("fe80::/10"));
    List<Network> shuffled = new ArrayList<>(ordered);
    Collections.reverse(shuffled);
    assertThat(shuffled.stream().sorted()).isEqualTo(ordered);
  }

  @Property(tries = 2000)
  void containsWhatBeginsWithTheSameBits(@ForAll long seed, @ForAll boolean ipv6)
      throws UnknownHostException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] address = new byte[ipv6 ? 16 : 4];
    random.nextBytes(address);
    address[0] |= 0x20;
    int length = address.length * Byte.SIZE;
    int prefix = random.nextInt(length + 1);
    byte[] other = address.clone();
    int flipped = random.nextInt(length);
    other[flipped / Byte.SIZE] ^= (byte) (0x80 >> (flipped % Byte.SIZE));
    Network network = Network.of(InetAddress.getByAddress(address), prefix);

    assertThat(network.contains(InetAddress.getByAddress(address))).isTrue();
    assertThat(network.contains(InetAddress.getByAddress(other))).isEqualTo(flipped >= prefix);
    BigInteger bits = new BigInteger(1, address).shiftRight(length - prefix);
    assertThat(Network.parse(network.toString())).isEqualTo(network);
    assertThat(value(network).shiftRight(length - prefix)).isEqualTo(bits);
  }

  private static BigInteger value(Network network) throws UnknownHostException {
    String text = network.toString();
    InetAddress address = InetAddress.getByName(text.substring(0, text.indexOf('/')));
    return new BigInteger(1, address.getAddress());
  }

  @Property(tries = 2000)
  void addressesAreWrittenAsNettyWritesThem(@ForAll long seed) throws UnknownHostException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] address = new byte[16];
    for (int i = 0; i < address.length; i += 2) {
      address[i + 1] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
    }
    address[0] = 0x20;
    InetAddress ip = InetAddress.getByAddress(address);
    assertThat(AddressBits.of(ip)).hasToString(NetUtil.toAddressString(ip));
  }
}
