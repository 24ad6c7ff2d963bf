package io.loble.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** As much of ASN.1's distinguished encoding (X.690) as the wrapping of a private key needs. */
final class Der {

  static final int SEQUENCE = 0x30;
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OBJECT_ID = 0x06;

  private Der() {}

  /** A value of a type, made of these parts. */
  static byte[] value(int type, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(type);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >> (8 * i));
    }
  }

  /**
   * Enters the value that begins here.
   *
   * @return its content; the given buffer goes on behind it
   * @throws IllegalArgumentException when there is another type, or the value is longer than the
   *     rest
   */
  static ByteBuffer enter(ByteBuffer in, int type) {
    if (!in.hasRemaining() || (in.get() & 0xff) != type) {
      throw new IllegalArgumentException("unexpected type");
    }
    int length = readLength(in);
    if (length > in.remaining()) {
      throw new IllegalArgumentException("a value is cut off");
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static int readLength(ByteBuffer in) {
    int first = in.hasRemaining() ? in.get() & 0xff : 0xff;
    if (first < 0x80) {
      return first;
    }
    int bytes = first & 0x7f;
    if (bytes == 0 || bytes > 3 || bytes > in.remaining()) {
      throw new IllegalArgumentException("a value has no valid length");
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | (in.get() & 0xff);
    }
    return length;
  }
}
