package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Byte arrays for tests. */
final class Bytes {

  private Bytes() {}

  /** Hexadecimal digits, with any spaces between them. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] uint16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  static byte[] random(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The first so many bytes, somewhere in the middle of a buffer: positions are relative. */
  static ByteBuffer first(byte[] bytes, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count + 7);
    buffer.put(3, bytes, 0, count);
    return buffer.position(3).limit(3 + count);
  }
}
