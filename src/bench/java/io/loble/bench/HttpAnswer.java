package io.loble.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/** The one request that the benchmark's own client sends, and how long its answer is. */
final class HttpAnswer {

  static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII);

  private static final Pattern ANSWER =
      Pattern.compile(
          "HTTP/1.1 200 .*?\r\nContent-Length: (\\d+)\r\n(?:.*\r\n)?\r\n",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private HttpAnswer() {}

  /** Header and body, which are as long each time: only the date differs. */
  static int length(SocketFactory sockets, int port) throws IOException {
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(REQUEST);
      StringBuilder answer = new StringBuilder();
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        answer.append((char) b);
        Matcher matcher = ANSWER.matcher(answer);
        if (b == '\n' && matcher.matches()) {
          return answer.length() + Integer.parseInt(matcher.group(1));
        }
      }
      throw new IOException("not the answer that was expected: " + answer);
    }
  }
}
