package io.loble.sim.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client on a plain blocking socket; every read gives up after some seconds. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private static final int QUIET_MILLIS = 300;

  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Ends the output, and only that. */
  RawClient shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Reads as many bytes as the text has, or fewer when the server closes before. */
  public String read(int length) throws IOException {
    return text(readBytes(length));
  }

  byte[] readBytes(int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  /** Reads until the server closes. */
  public String readAll() throws IOException {
    return text(socket.getInputStream().readAllBytes());
  }

  /** Whether nothing arrives for a moment, neither bytes nor an end. */
  public boolean hearsNothing() throws IOException {
    socket.setSoTimeout(QUIET_MILLIS);
    try {
      int first = socket.getInputStream().read();
      throw new AssertionError(first < 0 ? "closed" : "a byte: " + first);
    } catch (SocketTimeoutException quiet) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Reads until the server resets; fails when it closes in good order. */
  byte[] readUntilReset() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SocketException reset) {
      return bytes.toByteArray();
    }
    throw new AssertionError("closed in good order after " + bytes.size() + " bytes");
  }

  public String ask(String request, String expected) throws IOException {
    return send(request).read(expected.length());
  }

  String localAddress() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
