package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyEncoderTest {

  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static ProxyAddress ip(String address, int port) {
    try {
      return new ProxyAddress.Ip(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static ProxyHeader between(String source, String destination) {
    return ProxyHeader.between(ip(source, 56324), ip(destination, 443));
  }

  private static ProxyHeader sockets(String source, String destination) {
    return ProxyHeader.between(new ProxyAddress.Unix(source), new ProxyAddress.Unix(destination));
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.0.1, 10.0.0.255, TCP4 192.168.0.1 10.0.0.255",
    "2001:db8::1, ::1, TCP6 2001:db8::1 ::1",
    "0:0:0:1:0:0:0:0, ::, TCP6 0:0:0:1:: ::",
    "1:0:0:2:0:0:3:4, 1:0:2:3:4:5:6:7, TCP6 1::2:0:0:3:4 1:0:2:3:4:5:6:7",
    "0:1:2:3:4:5:6:0, ABCD::EF01, TCP6 0:1:2:3:4:5:6:0 abcd::ef01",
    "10.0.0.1, 2001:db8::1, TCP6 ::ffff:a00:1 2001:db8::1",
    "2001:db8::1, 10.0.0.1, TCP6 2001:db8::1 ::ffff:a00:1"
  })
  void writesALine(String source, String destination, String line) {
    assertThat(ProxyEncoder.v1(between(source, destination)))
        .asString()
        .isEqualTo("PROXY " + line + " 56324 443\r\n");
  }

  @Test
  void aLineKnowsNothingButTcp() {
    byte[] unknown = ascii("PROXY UNKNOWN\r\n");
    assertThat(ProxyEncoder.v1(ProxyHeader.local())).isEqualTo(unknown);
    assertThat(ProxyEncoder.v1(ProxyHeader.unknown())).isEqualTo(unknown);
    assertThat(ProxyEncoder.v1(sockets("/a", "/b"))).isEqualTo(unknown);
    assertThat(ProxyEncoder.v1(ProxyHeader.between(new ProxyAddress.Unix("/a"), ip("10.0.0.1", 1))))
        .isEqualTo(unknown);
  }

  @Test
  void writesIpv4() {
    assertThat(ProxyEncoder.v2(between("192.168.0.1", "192.168.0.11"), false))
        .isEqualTo(hex(SIGNATURE + "2111 000c c0a80001 c0a8000b dc04 01bb"));
  }

  @Test
  void writesIpv6AndWhatIsMixed() {
    String first = "20010db8000000000000000000000001";
    String second = "00000000000000000000000000000001";
    String mapped = "00000000000000000000ffff0a000001";
    assertThat(ProxyEncoder.v2(between("2001:db8::1", "::1"), false))
        .isEqualTo(hex(SIGNATURE + "2121 0024" + first + second + "dc04 01bb"));
    assertThat(ProxyEncoder.v2(between("10.0.0.1", "::1"), false))
        .isEqualTo(hex(SIGNATURE + "2121 0024" + mapped + second + "dc04 01bb"));
    assertThat(ProxyEncoder.v2(between("2001:db8::1", "10.0.0.1"), false))
        .isEqualTo(hex(SIGNATURE + "2121 0024" + first + mapped + "dc04 01bb"));
  }

  @Test
  void writesUnixSockets() {
    assertThat(ProxyEncoder.v2(sockets("/run/a", ""), false))
        .isEqualTo(
            concat(
                hex(SIGNATURE + "2131 00d8"), Arrays.copyOf(ascii("/run/a"), 108), new byte[108]));
  }

  @Test
  void writesNoEndsThatCannotBeWritten() {
    byte[] unspecified = hex(SIGNATURE + "2100 0000");
    assertThat(ProxyEncoder.v2(ProxyHeader.unknown(), false)).isEqualTo(unspecified);
    assertThat(ProxyEncoder.v2(sockets("/" + "x".repeat(108), "/b"), false)).isEqualTo(unspecified);
    assertThat(
            ProxyEncoder.v2(
                ProxyHeader.between(ip("10.0.0.1", 1), new ProxyAddress.Unix("/b")), false))
        .isEqualTo(unspecified);
    assertThat(ProxyEncoder.v2(ProxyHeader.local(), false)).isEqualTo(hex(SIGNATURE + "2000 0000"));
  }

  @Test
  void writesAdditions() {
    SslInfo ssl = new SslInfo(0x07, 0, "TLSv1.3", "ann", "X", "RSA-SHA256", "EC256");
    ProxyTlvs tlvs =
        ProxyTlvs.builder()
            .uniqueId(new byte[] {1, 2})
            .authority("é")
            .alpn("h2")
            .ssl(ssl)
            .noop(1)
            .build();
    byte[] expected =
        concat(
            hex(SIGNATURE + "2111 0057 0a000001 0a000002 dc04 01bb"),
            hex("05 0002 0102  02 0002 c3a9  01 0002"),
            ascii("h2"),
            hex("20 0035 07 00000000"),
            concat(hex("21 0007"), ascii("TLSv1.3"), hex("22 0003"), ascii("ann")),
            concat(hex("23 0001"), ascii("X"), hex("24 000a"), ascii("RSA-SHA256")),
            concat(hex("25 0005"), ascii("EC256")),
            hex("04 0001 00"));
    byte[] length = Bytes.uint16(expected.length - 16);
    byte[] sslLength = Bytes.uint16(5 + 3 + 7 + 3 + 3 + 3 + 1 + 3 + 10 + 3 + 5);
    System.arraycopy(length, 0, expected, 14, 2);
    System.arraycopy(sslLength, 0, expected, 28 + 5 + 5 + 5 + 1, 2);

    ProxyHeader header = between("10.0.0.1", "10.0.0.2").with(tlvs);
    assertThat(ProxyEncoder.v2(header, false)).isEqualTo(expected);

    ProxyTlvs read = ((Decoded.Header) Feeding.decode(expected)).header().tlvs();
    assertThat(read).isEqualTo(tlvs);
    assertThat(read.uniqueId()).containsExactly(1, 2);
    assertThat(read.authority()).isEqualTo("é");
    assertThat(read.alpn()).isEqualTo("h2");
    assertThat(read.ssl()).isEqualTo(ssl);
    assertThat(ssl.verified()).isTrue();
    assertThat(read.types()).containsExactly(5, 2, 1, 0x20, 4);
  }

  @Test
  void addsAChecksum() {
    ProxyHeader header =
        between("10.0.0.1", "10.0.0.2").with(ProxyTlvs.builder().alpn("h2").build());
    byte[] bytes = ProxyEncoder.v2(header, true);
    byte[] zeroed = Arrays.copyOf(bytes, bytes.length);
    Arrays.fill(zeroed, bytes.length - 4, bytes.length, (byte) 0);
    int crc = ProxyV2Test.bitwiseCrc(zeroed);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length))
        .isEqualTo(concat(Bytes.uint16(crc >>> 16), Bytes.uint16(crc)));
    assertThat(Feeding.decode(bytes)).isEqualTo(new Decoded.Header(header, bytes.length));
  }

  @Test
  void aClientWithoutACertificateIsNotVerified() {
    SslInfo ssl = SslInfo.withoutCertificate("TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256");
    assertThat(ssl.verified()).isFalse();
    assertThat(ProxyTlvs.builder().ssl(ssl).build().ssl()).isEqualTo(ssl);
    assertThat(ProxyTlvs.NONE.ssl()).isNull();
    assertThat(ProxyTlvs.NONE.uniqueId()).isNull();
  }

  @Test
  void refusesWhatDoesNotFit() {
    TlvBuilder builder = ProxyTlvs.builder();
    assertThatThrownBy(() -> builder.uniqueId(new byte[129]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.noop(65536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(3, new byte[4]))
        .isInstanceOf(IllegalArgumentException.class);
    ProxyHeader full =
        between("10.0.0.1", "10.0.0.2").with(builder.noop(0xffff - 12 - 3 - 6).build());
    assertThat(ProxyEncoder.v2(full, false)).hasSize(ProxyDecoder.MOST_BYTES - 6);
    assertThatThrownBy(() -> ProxyEncoder.v2(full, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
