package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of version 2, section 2.2 of the protocol's description. */
class ProxyV2Test {

  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String INET = " c0a80001 c0a8000b dc04 01bb ";

  private static byte[] header(String rest) {
    return hex(SIGNATURE + rest);
  }

  private static ProxyHeader read(byte[] bytes) {
    Decoded decoded = Feeding.decode(bytes);
    assertThat(decoded).isInstanceOf(Decoded.Header.class).isEqualTo(Feeding.decodeAtOnce(bytes));
    assertThat(Feeding.decodeAtOnce(concat(bytes, ascii("PROXY")))).isEqualTo(decoded);
    assertThat(((Decoded.Header) decoded).length()).isEqualTo(bytes.length);
    return ((Decoded.Header) decoded).header();
  }

  private static ProxyAddress ip(String address, int port) throws Exception {
    return new ProxyAddress.Ip(InetAddress.getByName(address), port);
  }

  @ParameterizedTest
  @CsvSource({"11", "12"})
  void namesIpv4(String family) throws Exception {
    assertThat(read(header("21" + family + "000c" + INET)))
        .isEqualTo(ProxyHeader.between(ip("192.168.0.1", 56324), ip("192.168.0.11", 443)));
  }

  @Test
  void namesIpv6() throws Exception {
    String source = "20010db8000000000000000000000001";
    String destination = "20010db8000000000000000000000002";
    assertThat(read(header("2121 0024" + source + destination + "ffff 0000")))
        .isEqualTo(ProxyHeader.between(ip("2001:db8::1", 65535), ip("2001:db8::2", 0)));
  }

  @Test
  void readsMappedIpv4AsIpv4() throws Exception {
    String source = "00000000000000000000ffff0a000001";
    String destination = "20010db8000000000000000000000002";
    ProxyHeader header = read(header("2121 0024" + source + destination + "0001 0002"));
    assertThat(header.client()).isEqualTo(InetAddress.getByName("10.0.0.1"));
    assertThat(header.destination()).isEqualTo(ip("2001:db8::2", 2));
  }

  @Test
  void namesUnixSockets() {
    byte[] source = Arrays.copyOf(ascii("/run/a.sock"), 108);
    byte[] abstractName = Arrays.copyOf(ascii("\0loble"), 108);
    byte[] full = ascii("/" + "x".repeat(107));
    assertThat(read(concat(header("2131 00d8"), source, abstractName)))
        .isEqualTo(
            ProxyHeader.between(
                new ProxyAddress.Unix("/run/a.sock"), new ProxyAddress.Unix("\0loble")));
    assertThat(read(concat(header("2132 00d8"), new byte[108], full)))
        .isEqualTo(
            ProxyHeader.between(
                new ProxyAddress.Unix(""), new ProxyAddress.Unix("/" + "x".repeat(107))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20 00 0000",
        "20 11 000c" + INET,
        "20 11 0003 010203",
        "20 ff 0000",
        "20 4f 0001 ff",
        "20 00 0005 0102030405"
      })
  void skipsAllOfALocalHeader(String rest) {
    assertThat(read(header(rest))).isEqualTo(ProxyHeader.local());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"21 00 0000", "21 00 0002 ffff", "21 10 0005 ffffffffff", "21 01 0001 00"})
  void leavesTheEndsOpenWhenTheyAreUnspecified(String rest) {
    assertThat(read(header(rest))).isEqualTo(ProxyHeader.unknown());
  }

  @Test
  void takesTheLongestHeaderOfAll() {
    int padding = 0xffff - 12 - 3;
    byte[] bytes =
        concat(
            header("2111 ffff" + INET),
            concat(new byte[] {4}, Bytes.uint16(padding)),
            new byte[padding]);
    assertThat(bytes).hasSize(ProxyDecoder.MOST_BYTES);
    assertThat(Feeding.decodeAtOnce(bytes)).isInstanceOf(Decoded.Header.class);
    assertThat(Feeding.decodeAtOnce(Arrays.copyOf(bytes, bytes.length - 1)))
        .isEqualTo(new Decoded.NeedMore(bytes.length));
  }

  /** Each is wrong with its last byte, and not before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0d0d",
        "0d0a0d0a000d0a515549540d",
        SIGNATURE + "11",
        SIGNATURE + "31",
        SIGNATURE + "22",
        SIGNATURE + "2f",
        SIGNATURE + "2141",
        SIGNATURE + "21f1",
        SIGNATURE + "2113",
        SIGNATURE + "211f",
        SIGNATURE + "2111000b",
        SIGNATURE + "21210023",
        SIGNATURE + "213100d7",
        // More and longer than the rest, cut short, of a checksum with three bytes, of a long id.
        SIGNATURE + "2111 0010" + INET + "e0 0002 ff",
        SIGNATURE + "2111 000e" + INET + "e0 00",
        SIGNATURE + "2111 0012" + INET + "03 0003 000000",
        SIGNATURE + "2111 0013" + INET + "03 0004 00000000",
        SIGNATURE + "2111 0013" + INET + "20 0004 01000000",
        SIGNATURE + "2111 0017" + INET + "20 0008 0100000000 21 0001",
        SIGNATURE + "2100 0007 03 0004 00000000"
      })
  void refusesAsSoonAsNoHeaderCanFollow(String digits) {
    byte[] bytes = hex(digits);
    assertThat(Feeding.decodeAtOnce(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(Decoded.NeedMore.class);
    assertThat(Feeding.decodeAtOnce(bytes)).isInstanceOf(Decoded.Invalid.class);
    assertThat(Feeding.decode(bytes)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void refusesAnIdThatIsTooLong() {
    byte[] most = concat(header("2111 008f" + INET), hex("05 0080"), new byte[128]);
    byte[] more = concat(header("2111 0090" + INET), hex("05 0081"), new byte[129]);
    assertThat(read(most).tlvs().uniqueId()).hasSize(128);
    assertThat(Feeding.decode(more)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void verifiesTheChecksumOfAllBytes() {
    byte[] bytes = concat(header("2111 0017" + INET), hex("03 0004 00000000 e1 0001 2a"));
    int crc = bitwiseCrc(bytes);
    for (int i = 0; i < 4; i++) {
      bytes[31 + i] = (byte) (crc >>> (8 * (3 - i)));
    }
    ProxyHeader header = read(bytes);
    assertThat(header.tlvs().types()).containsExactly(0xe1);
    assertThat(header.tlvs().value(0xe1)).containsExactly(0x2a);
    for (int at = 16; at < 28; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertThat(Feeding.decodeAtOnce(changed))
          .isEqualTo(new Decoded.Invalid("the checksum of a PROXY protocol header is wrong"));
    }
  }

  @Test
  void refusesTwoChecksums() {
    byte[] bytes = header("2111 001a" + INET + "03 0004 00000000 03 0004 00000000");
    assertThat(Feeding.decode(bytes))
        .isEqualTo(new Decoded.Invalid("a PROXY protocol header has two checksums"));
  }

  /** CRC-32C with one bit a step, from its polynomial. */
  static int bitwiseCrc(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) != 0 ? 0x82f63b78 : 0);
      }
    }
    return ~crc;
  }

  @Test
  void theChecksumIsTheUsualOne() {
    assertThat(bitwiseCrc(ascii("123456789"))).isEqualTo(0xe3069283);
  }
}
