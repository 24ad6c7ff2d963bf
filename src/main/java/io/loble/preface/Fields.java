package io.loble.preface;

import java.nio.ByteBuffer;

/** Reads fields of a TLS message one after the other, each within what holds it. */
final class Fields {

  private final ByteBuffer bytes;
  private int at;
  private final int end;

  Fields(ByteBuffer bytes) {
    this(bytes, 0, bytes.limit());
  }

  private Fields(ByteBuffer bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean isEmpty() {
    return at == end;
  }

  int remaining() {
    return end - at;
  }

  int uint8() throws MalformedException {
    return bytes.get(advance(1)) & 0xff;
  }

  int uint16() throws MalformedException {
    return bytes.getShort(advance(2)) & 0xffff;
  }

  void skip(int count) throws MalformedException {
    advance(count);
  }

  /** A field of so many bytes, to be read in turn. */
  Fields next(int count) throws MalformedException {
    int from = advance(count);
    return new Fields(bytes, from, from + count);
  }

  /** What is left, as an array. */
  byte[] rest() {
    byte[] rest = new byte[end - at];
    bytes.get(at, rest);
    at = end;
    return rest;
  }

  private int advance(int count) throws MalformedException {
    if (count > end - at) {
      throw new MalformedException("a field of the ClientHello is longer than what holds it");
    }
    int from = at;
    at += count;
    return from;
  }
}
