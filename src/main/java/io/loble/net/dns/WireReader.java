package io.loble.net.dns;

import java.util.Arrays;

/** Reads the parts of a message: RFC 1035, section 4.1. */
final class WireReader {

  /** With the length of each label and the empty one at the end. */
  static final int LONGEST_NAME = 255;

  private static final int POINTER = 0xc0;

  /** As many as a name can have labels. */
  private static final int MOST_POINTERS = 127;

  private final byte[] bytes;
  private int at;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return at;
  }

  void moveTo(int position) throws DnsException {
    if (position > bytes.length) {
      throw cut();
    }
    at = position;
  }

  int uint8() throws DnsException {
    if (at >= bytes.length) {
      throw cut();
    }
    return bytes[at++] & 0xff;
  }

  int uint16() throws DnsException {
    return uint8() << 8 | uint8();
  }

  long uint32() throws DnsException {
    return (long) uint16() << 16 | uint16();
  }

  byte[] next(int length) throws DnsException {
    if (length > bytes.length - at) {
      throw cut();
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /**
   * A name, in lower case and with a dot after each label; {@code .} is the root. What is no
   * printable character of ASCII is written as master files have it (RFC 1035, section 5.1), so
   * that different names are different texts.
   */
  String name() throws DnsException {
    StringBuilder text = new StringBuilder();
    int length = 1;
    int after = -1;
    int lowest = at;
    int pointers = 0;
    for (int size = uint8(); size != 0; size = uint8()) {
      if ((size & POINTER) == POINTER) {
        int target = (size & ~POINTER) << 8 | uint8();
        after = after < 0 ? at : after;
        // Always backwards, so that there is an end.
        if (target >= lowest) {
          throw new DnsException("a name points to what is not before it");
        }
        if (++pointers > MOST_POINTERS) {
          throw new DnsException("a name is in too many pieces");
        }
        lowest = target;
        at = target;
        continue;
      }
      length += size + 1;
      if ((size & POINTER) != 0 || length > LONGEST_NAME) {
        throw new DnsException("a name is too long");
      }
      appendLabel(text, size);
    }
    at = after < 0 ? at : after;
    return text.isEmpty() ? "." : text.toString();
  }

  private void appendLabel(StringBuilder text, int size) throws DnsException {
    for (int i = 0; i < size; i++) {
      int c = uint8();
      if (c == '.' || c == '\\') {
        text.append('\\').append((char) c);
      } else if (c <= ' ' || c > '~') {
        text.append('\\').append((char) ('0' + c / 100));
        text.append((char) ('0' + c / 10 % 10)).append((char) ('0' + c % 10));
      } else {
        text.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
      }
    }
    text.append('.');
  }

  private static DnsException cut() {
    return new DnsException("it ends too early");
  }
}
