package io.loble.ctl.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The first lines of an HTTP/1.1 answer.
 *
 * @param fields by their names in lower case
 */
record ReplyHead(int status, Map<String, String> fields) {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int FIRST_FINAL = 200;

  /**
   * Reads up to the body; interim answers are skipped.
   *
   * @throws ProtocolException when that is not HTTP
   */
  static ReplyHead read(InputStream in) throws IOException {
    ReplyHead head;
    do {
      head = new ReplyHead(status(line(in)), fields(in));
    } while (head.status() < FIRST_FINAL);
    return head;
  }

  /** What is behind the head, as the head says how much that is. */
  InputStream body(InputStream in) throws IOException {
    if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return FramedBody.chunked(in);
    }
    String length = fields.get("content-length");
    return length == null ? in : FramedBody.ofLength(in, number(length, 10));
  }

  private static int status(String line) throws ProtocolException {
    boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    return http ? (int) number(line.substring(9, 12), 10) : (int) number("", 10);
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0 || fields.size() > MOST_BYTES / 64) {
        throw new ProtocolException("a head that is not HTTP's");
      }
      fields.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return fields;
  }

  /** A line without its end. */
  static String line(InputStream in) throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (length == MOST_BYTES) {
        throw new ProtocolException("a line that is too long");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) next;
    }
    boolean cr = length > 0 && line[length - 1] == '\r';
    return new String(line, 0, cr ? length - 1 : length, StandardCharsets.ISO_8859_1);
  }

  static long number(String digits, int radix) throws ProtocolException {
    try {
      long number = Long.parseLong(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same as a negative one.
    }
    throw new ProtocolException("no number: " + digits);
  }
}
