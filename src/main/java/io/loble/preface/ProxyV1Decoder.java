package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Version 1 of the PROXY protocol's header: one line of text (section 2.1 of its description). */
final class ProxyV1Decoder {

  static final byte FIRST_BYTE = 'P';

  /** {@code PROXY UNKNOWN} and CRLF. */
  static final int FEWEST_BYTES = 15;

  /** The worst case that the description calculates, CRLF included. */
  private static final int MOST_BYTES = 107;

  private static final String TCP4 = "PROXY TCP4 ";
  private static final String TCP6 = "PROXY TCP6 ";
  private static final String UNKNOWN = "PROXY UNKNOWN";

  /** Where the keywords differ for the first time, and where those of TCP do. */
  private static final int KEYWORD_AT = 6;

  private static final int FAMILY_AT = 9;

  private String start = TCP4;
  private int checked;

  Decoded decode(ByteBuffer soFar) {
    int end = Math.min(soFar.remaining(), MOST_BYTES);
    while (checked < end) {
      byte previous = checked == 0 ? 0 : at(soFar, checked - 1);
      byte next = at(soFar, checked);
      String problem = check(previous, next);
      if (problem != null) {
        return new Decoded.Invalid(problem);
      }
      checked++;
      if (next == '\n' && previous == '\r') {
        return line(soFar);
      }
    }
    return checked == MOST_BYTES
        ? new Decoded.Invalid("a PROXY line does not end within " + MOST_BYTES + " bytes")
        : new Decoded.NeedMore(Math.max(FEWEST_BYTES, checked + 1));
  }

  private static byte at(ByteBuffer soFar, int index) {
    return soFar.get(soFar.position() + index);
  }

  private @Nullable String check(byte previous, byte next) {
    if (checked == KEYWORD_AT && next == 'U') {
      start = UNKNOWN;
    } else if (checked == FAMILY_AT && start.equals(TCP4) && next == '6') {
      start = TCP6;
    }
    if (checked < start.length()) {
      return next == start.charAt(checked) ? null : badStart();
    }
    return start.equals(UNKNOWN) ? checkUnknown(previous, next) : checkTcp(previous, next);
  }

  private String badStart() {
    return checked < KEYWORD_AT
        ? "a PROXY protocol header does not begin with \"PROXY \""
        : "a PROXY line has none of TCP4, TCP6 and UNKNOWN";
  }

  /** What stands before CRLF has no meaning; a CR or LF alone does not end the line. */
  private @Nullable String checkUnknown(byte previous, byte next) {
    boolean first = checked == UNKNOWN.length();
    boolean second = checked == UNKNOWN.length() + 1;
    if (first && next != ' ' && next != '\r') {
      return "a PROXY line has neither a space nor CRLF after UNKNOWN";
    }
    return second && previous == '\r' && next != '\n' ? strayLineEnd() : null;
  }

  private @Nullable String checkTcp(byte previous, byte next) {
    if ((previous == '\r') != (next == '\n')) {
      return strayLineEnd();
    }
    boolean ofIpv4 = (next >= '0' && next <= '9') || next == '.' || next == ' ';
    boolean ofIpv6 = start.equals(TCP6) && (next == ':' || Character.digit(next, 16) >= 0);
    return ofIpv4 || ofIpv6 || next == '\r' || next == '\n'
        ? null
        : String.format("a PROXY line has the byte 0x%02x among addresses and ports", next);
  }

  private static String strayLineEnd() {
    return "a PROXY line has a CR or LF that is not part of CRLF";
  }

  private Decoded line(ByteBuffer soFar) {
    if (start.equals(UNKNOWN)) {
      return new Decoded.Header(ProxyHeader.unknown(), checked);
    }
    byte[] rest = new byte[checked - start.length() - 2];
    soFar.get(soFar.position() + start.length(), rest);
    String[] fields = new String(rest, ISO_8859_1).split(" ", -1);
    if (fields.length != 4) {
      return new Decoded.Invalid(
          "a PROXY line does not have two addresses and two ports, one space between each");
    }
    try {
      ProxyAddress source = end("source", fields[0], fields[2]);
      ProxyAddress destination = end("destination", fields[1], fields[3]);
      return new Decoded.Header(ProxyHeader.between(source, destination), checked);
    } catch (MalformedException e) {
      return new Decoded.Invalid(e.reason());
    }
  }

  private ProxyAddress end(String which, String address, String port) throws MalformedException {
    byte[] bytes = start.equals(TCP4) ? AddressText.ipv4(address) : AddressText.ipv6(address);
    if (bytes == null) {
      String family = start.equals(TCP4) ? "IPv4" : "IPv6";
      throw new MalformedException(
          "the " + which + " of a PROXY line is no " + family + " address: " + address);
    }
    return new ProxyAddress.Ip(AddressText.address(bytes), port(which, port));
  }

  private static int port(String which, String text) throws MalformedException {
    int port = AddressText.decimal(text, 0xffff);
    if (port < 0) {
      throw new MalformedException("the " + which + " of a PROXY line has no valid port: " + text);
    }
    return port;
  }
}
