package io.loble.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Random;

/**
 * An HTTP request that a well-behaved client would not send.
 *
 * @param headers each with its line end
 * @param chunked whether the body comes in pieces
 */
record RawRequest(String method, String target, String headers, Buffer body, boolean chunked) {

  /**
   * What came back.
   *
   * @param head the status line and the headers
   */
  record Response(String head, String body) {

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    boolean isProblem() {
      return head.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
    }
  }

  Response send(int port, Random random) throws IOException {
    try (Socket socket = Ask.connect(port)) {
      try {
        socket.getOutputStream().write(bytes(random));
      } catch (IOException e) {
        // It has been answered before all of it was sent.
      }
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new IOException("no answer but '" + answer + "' to " + this);
      }
      return new Response(answer.substring(0, end), answer.substring(end + 4));
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " after\n" + this, e);
    }
  }

  private byte[] bytes(Random random) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length();
    String head =
        method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers;
    bytes.write((head + length + "\r\n\r\n").getBytes(ISO_8859_1));
    if (chunked) {
      writeChunks(bytes, random);
    } else {
      bytes.write(body.getBytes());
    }
    return bytes.toByteArray();
  }

  private void writeChunks(ByteArrayOutputStream bytes, Random random) throws IOException {
    int sent = 0;
    while (sent < body.length()) {
      int size = Math.min(body.length() - sent, 1 + random.nextInt(1 + body.length()));
      bytes.write((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
      bytes.write(body.getBytes(sent, sent + size));
      bytes.write("\r\n".getBytes(ISO_8859_1));
      sent += size;
    }
    bytes.write("0\r\n\r\n".getBytes(ISO_8859_1));
  }

  @Override
  public String toString() {
    String text = body.getString(0, Math.min(body.length(), 2_000), "ISO-8859-1");
    return method + ' ' + target + '\n' + headers + (chunked ? "(chunked)\n" : "\n") + text;
  }
}
