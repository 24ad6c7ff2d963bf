package io.loble.ctl.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One request and its answer over HTTP/1.1, on a connection of its own. The JDK's HTTP client can
 * do far more, and loading it takes longer than the whole of this.
 */
final class Exchange implements AutoCloseable {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Socket socket;
  private final TimedInput timed;
  private final ReplyHead head;
  private final InputStream body;

  private Exchange(Socket socket, TimedInput timed, ReplyHead head, InputStream body) {
    this.socket = socket;
    this.timed = timed;
    this.head = head;
    this.body = body;
  }

  /**
   * Sends a request, and waits for the head of the answer.
   *
   * @param tls for https
   * @param timeout of all that is received, until it is lifted
   */
  static Exchange of(
      URI uri, Request request, Optional<String> token, Optional<SSLContext> tls, Duration timeout)
      throws IOException {
    Deadline deadline = Deadline.in(timeout);
    Socket plain = connect(uri, deadline);
    try {
      Socket socket = tls.isPresent() ? secure(plain, uri, tls.get(), deadline) : plain;
      send(socket, message(uri, request, token));
      TimedInput timed = new TimedInput(socket, deadline);
      InputStream in = new BufferedInputStream(timed);
      ReplyHead head = ReplyHead.read(in);
      return new Exchange(socket, timed, head, head.body(in));
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  boolean isSuccess() {
    return head.status() / 100 == 2;
  }

  int status() {
    return head.status();
  }

  /** The whole body. */
  String text() throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The body, which may come as slowly as it likes. */
  InputStream stream() throws IOException {
    timed.lift();
    return body;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Tries one address of the host after the other. */
  private static Socket connect(URI uri, Deadline deadline) throws IOException {
    IOException failure = new ConnectException();
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port(uri)), deadline.leftMillis());
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? HTTPS : HTTP;
  }

  private static Socket secure(Socket plain, URI uri, SSLContext tls, Deadline deadline)
      throws IOException {
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port(uri), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(deadline.leftMillis());
    socket.startHandshake();
    return socket;
  }

  private static void send(Socket socket, byte[] message) {
    try {
      socket.getOutputStream().write(message);
    } catch (IOException e) {
      // It may have answered before it has read all; if not, reading fails as well.
    }
  }

  private static byte[] message(URI uri, Request request, Optional<String> token) {
    byte[] content =
        request.body().map(b -> b.text().getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(uri.getRawPath()).append("/api/v1/");
    head.append(request.path()).append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() >= 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nConnection: close\r\nUser-Agent: loble-ctl\r\n");
    token.ifPresent(secret -> head.append("Authorization: Bearer ").append(secret).append("\r\n"));
    request.body().ifPresent(b -> head.append("Content-Type: ").append(b.type()).append("\r\n"));
    if (!request.method().equals("GET")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(first, first.length + content.length);
    System.arraycopy(content, 0, whole, first.length, content.length);
    return whole;
  }
}
