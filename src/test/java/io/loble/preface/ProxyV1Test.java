package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of version 1, section 2.1 of the protocol's description. */
class ProxyV1Test {

  @ParameterizedTest
  @CsvSource({
    "TCP4 192.168.0.1 192.168.0.11 56324 443, 192.168.0.1, 56324, 192.168.0.11, 443",
    "TCP4 255.255.255.255 255.255.255.255 65535 65535,"
        + "255.255.255.255, 65535, 255.255.255.255, 65535",
    "TCP4 0.0.0.0 1.2.3.4 0 1, 0.0.0.0, 0, 1.2.3.4, 1",
    "TCP6 2001:db8::1 ::1 1000 2000, 2001:db8::1, 1000, ::1, 2000",
    "TCP6 :: 1:2:3:4:5:6:7:8 1 2, ::, 1, 1:2:3:4:5:6:7:8, 2",
    "TCP6 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1 2, 1:2:3:4:5:6:7:0, 1, 0:2:3:4:5:6:7:8, 2",
    "TCP6 FFFF:00Ab::1 1:0:0:2::3 1 2, ffff:ab::1, 1, 1:0:0:2::3, 2",
    "TCP6 ::ffff:10.0.0.1 ::ffff:a00:2 1 2, 10.0.0.1, 1, 10.0.0.2, 2",
    "TCP6 ::ffff:10.0.0.1 fe80::2 1 2, 10.0.0.1, 1, fe80::2, 2",
    "TCP6 64:ff9b::1.2.3.4 1:2:3:4:5:6:1.2.3.4 1 2, 64:ff9b::102:304, 1, 1:2:3:4:5:6:102:304, 2"
  })
  void namesBothEnds(String line, String source, int port, String destination, int toPort)
      throws Exception {
    byte[] bytes = ascii("PROXY " + line + "\r\n");

    Decoded expected =
        new Decoded.Header(
            ProxyHeader.between(
                new ProxyAddress.Ip(InetAddress.getByName(source), port),
                new ProxyAddress.Ip(InetAddress.getByName(destination), toPort)),
            bytes.length);
    assertThat(Feeding.decode(bytes)).isEqualTo(expected);
    assertThat(Feeding.decodeAtOnce(Bytes.concat(bytes, ascii("GET / HTTP/1.1\r\n"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " anything \t\u00ff at all",
        " a\rb\nc\n\rd",
        " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535"
            + " 65535"
      })
  void leavesTheEndsOpenWhenTheyAreUnknown(String rest) {
    byte[] bytes = ascii("PROXY UNKNOWN" + rest + "\r\n");

    assertThat(Feeding.decode(bytes))
        .isEqualTo(new Decoded.Header(ProxyHeader.unknown(), bytes.length));
  }

  @Test
  void theLongestLineOfTcp6HasRoom() {
    String address = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
    String line = "PROXY TCP6 " + address + " " + address.substring(1) + " 1 2\r\n";
    assertThat(line).hasSize(107);
    assertThat(Feeding.decode(ascii(line))).isInstanceOf(Decoded.Header.class);
    assertThat(Feeding.decode(ascii(line.replace(" 2\r", " 22\r"))))
        .isInstanceOf(Decoded.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n",
        "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4  1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n",
        "PROXY TCP4 \r\n",
        "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4.5 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3. 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n",
        "PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.00 1 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 99999999999\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 \r\n",
        "PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY TCP6 ::1 :: 1 2 \r\n",
        "PROXY TCP6 1::2::3 ::1 1 2\r\n",
        "PROXY TCP6 ::: ::1 1 2\r\n",
        "PROXY TCP6 :1:2:3:4:5:6:7 ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7: ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7 ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4::5:6:7:8 ::1 1 2\r\n",
        "PROXY TCP6 12345::1 ::1 1 2\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7:1.2.3.4 ::1 1 2\r\n",
        "PROXY TCP6 1.2.3.4:: ::1 1 2\r\n",
        "PROXY TCP6 ::1.2.3.4:1 ::1 1 2\r\n"
      })
  void refusesALineThatIsNotExact(String line) {
    assertThat(Feeding.decode(ascii(line))).isInstanceOf(Decoded.Invalid.class);
    assertThat(Feeding.decodeAtOnce(ascii(line))).isInstanceOf(Decoded.Invalid.class);
  }

  /** Each is wrong with its last byte, and not before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "p",
        "PO",
        "PROXY\t",
        "PROXY  ",
        "PROXY t",
        "PROXY TCP5",
        "PROXY TCP46",
        "PROXY UD",
        "PROXY UNKNOWN2",
        "PROXY UNKNOWN\n",
        "PROXY UNKNOWN\r\r",
        "PROXY TCP4 x",
        "PROXY TCP4 1:",
        "PROXY TCP6 1::g",
        "PROXY TCP6 1::%",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r ",
        "PROXY TCP4 1.2.3.4\r\r",
        "PROXY TCP4 1.2.3.4 1.2.3.4 -",
        "GET"
      })
  void refusesAsSoonAsNoHeaderCanFollow(String start) {
    byte[] bytes = ascii(start);
    if (!start.equals("GET")) {
      assertThat(Feeding.decodeAtOnce(ascii(start.substring(0, start.length() - 1))))
          .isInstanceOf(Decoded.NeedMore.class);
    }
    assertThat(Feeding.decodeAtOnce(bytes)).isInstanceOf(Decoded.Invalid.class);
    assertThat(Feeding.decode(bytes)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void refusesALineThatDoesNotEnd() {
    byte[] endless = ascii("PROXY UNKNOWN " + "x".repeat(92));
    assertThat(Feeding.decode(endless)).isEqualTo(new Decoded.NeedMore(107));
    byte[] bytes = Bytes.concat(endless, ascii("\r\n"));
    assertThat(Feeding.decode(bytes)).isInstanceOf(Decoded.Invalid.class);
    assertThat(Feeding.decodeAtOnce(bytes)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(Feeding.decode(ascii("PROXY TCP4 1.2.3.4 1.2.3.999 1 2\r\n")))
        .isEqualTo(
            new Decoded.Invalid("the destination of a PROXY line is no IPv4 address: 1.2.3.999"));
    assertThat(Feeding.decode(ascii("\u0016\u0003")))
        .isEqualTo(new Decoded.Invalid("no PROXY protocol header begins with the byte 0x16"));
  }
}
