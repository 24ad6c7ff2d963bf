package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.hex;
import static io.loble.preface.HelloBytes.hello;
import static io.loble.preface.HelloBytes.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;

/** What holds for any bytes at all, whoever thought of them. */
final class Hostile {

  private static final PrefaceNeeds ALL = new PrefaceNeeds(true, true, Starttls.POSTGRES);

  private Hostile() {}

  /** Correct ones to begin with. */
  static List<byte[]> seeds() {
    byte[] inet = hex("0d0a0d0a000d0a515549540a 2111 000c c0a80001 c0a8000b dc04 01bb");
    byte[] tlvs = hex("0d0a0d0a000d0a515549540a 2100 001a 20 000c 0100000001 21 0004 01020304");
    ProxyHeader header = ((Decoded.Header) Feeding.decodeAtOnce(inet)).header();
    ProxyTlvs some = ProxyTlvs.builder().uniqueId(new byte[9]).alpn("h2").noop(3).build();
    byte[] message =
        hello()
            .extension(0x0a0a, new byte[0])
            .serverName("db.example.com")
            .alpn("h2", "http/1.1")
            .versions(0x0a0a, 0x0304, 0x0303)
            .extension(51, new byte[40])
            .message();
    return List.of(
        ascii("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n"),
        ascii("PROXY TCP6 2001:db8::1 ::ffff:10.0.0.1 56324 443\r\n"),
        ascii("PROXY UNKNOWN\r\n"),
        inet,
        concat(tlvs, hex("04 0003 000000 e0 0002 0102")),
        ProxyEncoder.v2(header.with(some), true),
        ProxyEncoder.v2(ProxyHeader.local(), true),
        records(message, 1 << 14),
        records(message, 50),
        records(message, 1),
        hex("00000008 04d2162f"),
        concat(ascii("PROXY UNKNOWN\r\n"), hex("00000008 04d21630")),
        concat(ProxyEncoder.v2(ProxyHeader.local(), false), records(message, 1 << 14)));
  }

  /**
   * Holds the readers to what they promise.
   *
   * @throws AssertionError when the way the bytes come changes the result, when a result breaks its
   *     rules, or when a header does not survive being written and read again
   */
  static void check(byte[] bytes) {
    checkDecoder(bytes);
    checkSniffer(bytes);
    checkReader(bytes);
  }

  private static void checkDecoder(byte[] bytes) {
    Decoded decoded = Feeding.decodeAtOnce(bytes);
    if (bytes.length > 0) {
      assertThat(Feeding.decode(bytes)).isEqualTo(decoded);
    }
    if (decoded instanceof Decoded.Invalid invalid) {
      assertPrintable(invalid.reason());
    }
    if (decoded instanceof Decoded.Header found) {
      assertThat(found.length()).isBetween(1, bytes.length);
      found.header().tlvs().ssl();
      byte[] again = ProxyEncoder.v2(found.header(), false);
      assertThat(((Decoded.Header) Feeding.decodeAtOnce(again)).header().tlvs())
          .isEqualTo(found.header().tlvs());
    }
  }

  private static void checkSniffer(byte[] bytes) {
    Sniffed sniffed = Feeding.sniffAtOnce(bytes);
    assertThat(Feeding.sniff(bytes)).isEqualTo(sniffed);
    if (sniffed instanceof Sniffed.Invalid invalid) {
      assertPrintable(invalid.reason());
    }
    if (sniffed instanceof Sniffed.Hello found && found.hello().serverName() != null) {
      assertThat(found.hello().serverName()).hasSizeLessThan(256).matches("[a-z0-9_.-]+[^.]");
    }
  }

  private static void checkReader(byte[] bytes) {
    PrefaceReader reader = new PrefaceReader(ALL);
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, 0);
    PrefaceStep step = new PrefaceStep.NeedMore(1);
    for (int i = 0; i <= bytes.length && !(step instanceof PrefaceStep.Done); i++) {
      left.limit(i);
      step = reader.read(left);
    }
    PrefaceResult result = step instanceof PrefaceStep.Done done ? done.result() : reader.finish();
    if (result instanceof PrefaceResult.Known known) {
      assertThat(known.consumed()).isEqualTo(left.position());
    } else {
      assertPrintable(((PrefaceResult.Bad) result).reason());
    }
  }

  private static void assertPrintable(String reason) {
    assertThat(reason).matches("[ -~]{10,200}");
  }
}
