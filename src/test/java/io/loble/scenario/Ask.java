package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One connection that asks one question. */
final class Ask {

  private static final int TIMEOUT_MILLIS = 10_000;

  private Ask() {}

  /** A connection to this machine on which no wait is endless. */
  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    return socket;
  }

  /** Connects, sends REQ, and fails unless the answer is ACK. */
  static void forAck(int port) throws IOException {
    try (Socket socket = connect(port)) {
      forAck(socket);
    }
  }

  /** Sends REQ on an open connection, and fails unless the answer is ACK. */
  static void forAck(Socket socket) throws IOException {
    socket.getOutputStream().write("REQ\n".getBytes(US_ASCII));
    String answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    if (!"ACK".equals(answer)) {
      throw new IOException("answered with " + answer);
    }
  }
}
