package io.loble.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands for a balancer's control interface: answers as it was told to, and keeps what it got. */
final class FakeAdmin implements AutoCloseable {

  /** What was received; the path is as it was sent, with its query. */
  record Received(String method, String path, String body, Map<String, List<String>> headers) {

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    @Override
    public String toString() {
      return (method + " " + path + " " + body).strip();
    }
  }

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private FakeAdmin(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static FakeAdmin start() {
    try {
      return new FakeAdmin(HttpServer.create(anyPort(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeAdmin startTls(HttpsConfigurator tls) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(tls);
      return new FakeAdmin(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * What to answer next to such a request; the last answer is given again and again.
   *
   * @param request method and path, such as {@code GET /api/v1/status}
   */
  FakeAdmin answer(String request, int status, String body) {
    return answer(request, new Answer(status, "application/json", body));
  }

  FakeAdmin answer(String request, String body) {
    return answer(request, 200, body);
  }

  FakeAdmin problem(String request, int status, JsonObject problem) {
    return answer(request, new Answer(status, "application/problem+json", problem.encode()));
  }

  private FakeAdmin answer(String request, Answer answer) {
    answers.computeIfAbsent(request, r -> new ConcurrentLinkedDeque<>()).add(answer);
    return this;
  }

  List<Received> received() {
    return received;
  }

  /** What was received last. */
  Received last() {
    return received.get(received.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new Received(method, path, body, exchange.getRequestHeaders()));
    Answer answer = next(method + " " + path);
    byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  private Answer next(String request) {
    Deque<Answer> left = answers.getOrDefault(request, new ConcurrentLinkedDeque<>());
    Answer next = left.size() > 1 ? left.poll() : left.peek();
    return Optional.ofNullable(next)
        .orElseGet(() -> new Answer(404, "text/plain", "nobody has said what to answer here"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
