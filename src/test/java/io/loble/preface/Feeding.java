package io.loble.preface;

import static io.loble.preface.Bytes.first;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Gives bytes to a reader in pieces, and holds it to what it promises whatever they are. */
final class Feeding {

  private Feeding() {}

  /** What a decoder makes of bytes that come one by one. */
  static Decoded decode(byte[] bytes) {
    ProxyDecoder decoder = new ProxyDecoder();
    Decoded decoded = decoder.decode(first(bytes, 0));
    int promised = 0;
    for (int count = 0; decoded instanceof Decoded.NeedMore more && count < bytes.length; ) {
      assertThat(more.atLeast()).isGreaterThan(count).isLessThanOrEqualTo(ProxyDecoder.MOST_BYTES);
      promised = more.atLeast();
      count++;
      ByteBuffer soFar = first(bytes, count);
      int position = soFar.position();
      decoded = decoder.decode(soFar);
      assertThat(soFar.position()).isEqualTo(position);
      if (decoded instanceof Decoded.Header found) {
        assertThat(found.length()).isEqualTo(count).isGreaterThanOrEqualTo(promised);
      }
    }
    return decoded;
  }

  /** What a decoder makes of bytes that come at once. */
  static Decoded decodeAtOnce(byte[] bytes) {
    return new ProxyDecoder().decode(ByteBuffer.wrap(bytes));
  }

  /** What a sniffer makes of bytes that come one by one. */
  static Sniffed sniff(byte[] bytes) {
    ClientHelloSniffer sniffer = new ClientHelloSniffer();
    Sniffed sniffed = sniffer.sniff(ByteBuffer.wrap(bytes, 0, 0));
    for (int count = 0; sniffed instanceof Sniffed.NeedMore more && count < bytes.length; ) {
      if (more.atLeast() <= count) {
        throw new AssertionError(more + " after " + count);
      }
      count++;
      sniffed = sniffer.sniff(ByteBuffer.wrap(bytes, 0, count));
      if (sniffed instanceof Sniffed.Hello && count < more.atLeast()) {
        throw new AssertionError("complete after " + count + ", before " + more);
      }
    }
    return sniffed;
  }

  /** What a sniffer makes of bytes that come at once. */
  static Sniffed sniffAtOnce(byte[] bytes) {
    return new ClientHelloSniffer().sniff(ByteBuffer.wrap(bytes));
  }

  /** What a sniffer makes of bytes that come in pieces. */
  static Sniffed sniffInPieces(byte[] bytes, SplittableRandom random) {
    ClientHelloSniffer sniffer = new ClientHelloSniffer();
    Sniffed sniffed = sniffer.sniff(first(bytes, 0));
    for (int count = 0; sniffed instanceof Sniffed.NeedMore && count < bytes.length; ) {
      count = Math.min(bytes.length, count + random.nextInt(1, 400));
      sniffed = sniffer.sniff(first(bytes, count));
    }
    return sniffed;
  }
}
