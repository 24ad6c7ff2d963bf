package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A backend of HTTP/1.1 that sends what a test has it send, byte for byte. */
final class Origin implements AutoCloseable {

  /** What is done with one connection, until it is to be closed. */
  interface Script {
    void serve(Talk talk) throws IOException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Message> heads = new CopyOnWriteArrayList<>();
  private final List<Message> requests = new CopyOnWriteArrayList<>();
  private final List<String> announcements = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private Origin(Script script, int port) throws IOException {
    this.script = script;
    this.socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    background(this::accept);
  }

  static Origin that(Script script) throws IOException {
    return new Origin(script, 0);
  }

  /** One that answers each request with its name, at the port of one that was closed. */
  static Origin restarted(int port, String name) throws IOException {
    return new Origin(talk -> answerAll(talk, request -> ok(name)), port);
  }

  /** One that answers each request when all of it has come. */
  static Origin answering(Function<Message, String> answers) throws IOException {
    return that(talk -> answerAll(talk, answers));
  }

  private static void answerAll(Talk talk, Function<Message, String> answers) throws IOException {
    for (Message next = talk.request(); next != null; next = talk.request()) {
      talk.send(answers.apply(next));
    }
  }

  /** One that answers each request with its name. */
  static Origin named(String name) throws IOException {
    return answering(request -> ok(name));
  }

  /** An answer with a length. */
  static String ok(String body, String... fields) {
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("Content-Length: ").append(body.length()) + "\r\n\r\n" + body;
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "origin");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        connections.incrementAndGet();
        open.add(accepted);
        background(() -> serve(accepted));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      accepted.setTcpNoDelay(true);
      script.serve(new Talk(accepted));
    } catch (IOException e) {
      // The balancer has closed it, as it may.
    } finally {
      open.remove(accepted);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** All requests whose heads have come, without bodies. */
  List<Message> heads() {
    return heads;
  }

  /** All requests that have come to their ends. */
  List<Message> requests() {
    return requests;
  }

  /** The last of these. */
  Message last() {
    return requests.get(requests.size() - 1);
  }

  /** The lines by which the balancer has said whose connections they are. */
  List<String> announcements() {
    return announcements;
  }

  /** How many connections were ever made. */
  int connections() {
    return connections.get();
  }

  /** How many are open. */
  int open() {
    return open.size();
  }

  void awaitOpen(int wanted) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(20, SECONDS)
        .until(() -> open() == wanted);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }

  /** One connection. */
  final class Talk {

    private final Socket socket;
    private final MessageReader reader;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.reader = new MessageReader(socket.getInputStream());
    }

    /** The next request's head; null when there is none. */
    @Nullable Message head() throws IOException {
      Message head = reader.head();
      if (head != null) {
        heads.add(head);
      }
      return head;
    }

    /** The same with its body. */
    Message body(Message head) throws IOException {
      Message request = reader.body(head);
      requests.add(request);
      return request;
    }

    /** Reads a header of the PROXY protocol, version 1. */
    void announced() throws IOException {
      announcements.add(reader.needed());
    }

    /** The next request; null when there is none. */
    @Nullable Message request() throws IOException {
      Message head = head();
      return head == null ? null : body(head);
    }

    byte[] some(int most) throws IOException {
      return reader.some(most);
    }

    /** Waits until the balancer sends no more. */
    void untilEnd() throws IOException {
      reader.rest();
    }

    void send(String text) throws IOException {
      send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
