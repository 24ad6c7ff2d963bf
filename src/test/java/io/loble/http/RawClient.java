package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that sends any bytes and reads answers of HTTP/1; every read has a deadline. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;

  /** How a connection ends. */
  enum End {
    FIN,
    RESET
  }

  private final Socket socket;
  private final MessageReader reader;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * Connects.
   *
   * @param buffer bytes that the kernel may hold for a reader that does not read; 0 for as many as
   *     it likes
   */
  RawClient(int port, int buffer) throws IOException {
    socket = new Socket();
    if (buffer > 0) {
      socket.setReceiveBufferSize(buffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    reader = new MessageReader(socket.getInputStream());
  }

  /** A request of HTTP/1.1 for the host {@code a}; a body has its length with it. */
  static String request(String method, String target, String body, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a FIN. */
  RawClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Closes with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The head of the next answer, interim ones included. */
  Message head() throws IOException {
    Message head = reader.head();
    if (head == null) {
      throw new EOFException("closed instead of an answer");
    }
    return head;
  }

  /** The next answer, with the body that it announces. */
  Message answer() throws IOException {
    return reader.body(head());
  }

  /** All that comes before the end. */
  String rest() throws IOException {
    return reader.rest();
  }

  /** The next chunk of a body that comes in such; nothing at its end, whose trailers follow. */
  byte[] chunk() throws IOException {
    return reader.nextChunk();
  }

  byte[] some(int most) throws IOException {
    return reader.some(most);
  }

  /** How it ends, whatever comes before. */
  End untilEnd() throws IOException {
    try {
      reader.rest();
      return End.FIN;
    } catch (SocketException e) {
      return End.RESET;
    }
  }

  /** Closes its connection, before its time. */
  void leave() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
