package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads messages of HTTP/1 from a blocking socket, and believes what it reads. */
final class MessageReader {

  private final InputStream in;

  MessageReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The head of the next; null when there is none. */
  @Nullable Message head() throws IOException {
    String line = line();
    return line == null ? null : new Message(line, fields(), "", List.of());
  }

  private List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>();
    for (String next = needed(); !next.isEmpty(); next = needed()) {
      fields.add(next);
    }
    return fields;
  }

  /** The same with the body that its fields announce; without them it has none. */
  Message body(Message head) throws IOException {
    String length = head.field("content-length");
    if (length != null) {
      return head.with(text(Integer.parseInt(length)), List.of());
    }
    return head.has("transfer-encoding") ? chunks(head) : head;
  }

  private Message chunks(Message head) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.append(text(size));
      needed();
    }
    return head.with(body.toString(), fields());
  }

  /** The bytes of the next chunk. */
  byte[] nextChunk() throws IOException {
    byte[] bytes = in.readNBytes(chunk());
    needed();
    return bytes;
  }

  private int chunk() throws IOException {
    return Integer.parseInt(needed().split(";", -1)[0], 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("ended after " + bytes.length + " bytes of " + length);
    }
    return new String(bytes, ISO_8859_1);
  }

  /** All that comes before the end. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** So many bytes, or fewer before the end. */
  byte[] some(int most) throws IOException {
    return in.readNBytes(most);
  }

  /** The next line. */
  String needed() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("ended within a message");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        if (line.length() > 0) {
          throw new EOFException("ended within the line " + line);
        }
        return null;
      }
      line.append((char) next);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }
}
