package io.loble.upstream.discovery;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An API server that has the slices of one service, lets them be listed and watched as Kubernetes'
 * does, and breaks down in every way that a test asks for. May be used from any thread.
 */
final class TestCluster implements AutoCloseable {

  private static final String LIST = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Map<String, JsonObject> slices = new TreeMap<>();
  private final Map<String, JsonObject> objects = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Set<HttpServerResponse> watches = new HashSet<>();
  private final List<String> asked = new ArrayList<>();
  private long version = 100;
  private long forgotten;
  private String authorization = "";
  private Trouble trouble = Trouble.NONE;

  private record Event(long version, String line) {}

  /** What is wrong with it. */
  enum Trouble {
    NONE,
    /** Answers 500. */
    BROKEN,
    /** Answers 403. */
    FORBIDDEN,
    /** Answers 401. */
    UNAUTHORIZED,
    /** Takes the request, and closes the connection. */
    CLOSING,
    /** Takes the request, and says nothing. */
    SILENT,
    /** Answers with something that is no JSON. */
    GARBAGE,
    /** Answers with JSON that is no list. */
    OTHER_JSON,
    /** Begins an answer, and does not end it. */
    ENDLESS,
    /** Lists, but ends watches as soon as they begin. */
    NO_WATCH,
    /** Lists, but does not allow watches. */
    WATCH_FORBIDDEN
  }

  TestCluster() {
    this(new HttpServerOptions());
  }

  TestCluster(HttpServerOptions options) {
    server =
        join(vertx.createHttpServer(options).requestHandler(this::asked).listen(0, "127.0.0.1"));
    object("/api/v1/namespaces/shop/services/postgres", new JsonObject().put("kind", "Service"));
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.actualPort();
  }

  /** Adds a slice, or exchanges it. */
  synchronized void put(EndpointSliceBuilder slice) {
    JsonObject json = Slices.json(slice);
    String name = json.getJsonObject("metadata").getString("name");
    String type = slices.containsKey(name) ? "MODIFIED" : "ADDED";
    happened(type, stamped(json));
    slices.put(name, json);
  }

  synchronized void delete(String name) {
    happened("DELETED", stamped(slices.remove(name)));
  }

  private JsonObject stamped(JsonObject slice) {
    version++;
    slice.getJsonObject("metadata").put("resourceVersion", String.valueOf(version));
    return slice;
  }

  private void happened(String type, JsonObject object) {
    Event event = new Event(version, line(type, object));
    events.add(event);
    say(event.line());
  }

  private static String line(String type, JsonObject object) {
    return new JsonObject().put("type", type).put("object", object).encode() + "\n";
  }

  /** Has something at a path, or nothing any more; its {@code code} is the status with it. */
  synchronized void object(String path, JsonObject object) {
    objects.put(path, object);
  }

  synchronized void removeObject(String path) {
    objects.remove(path);
  }

  /** Says something to everyone who watches. */
  synchronized void say(String text) {
    watches.forEach(watch -> watch.write(text));
  }

  /** Tells everyone who watches how far they are, and forgets what has been until then. */
  synchronized void bookmark() {
    version++;
    JsonObject metadata = new JsonObject().put("resourceVersion", String.valueOf(version));
    say(line("BOOKMARK", new JsonObject().put("metadata", metadata)));
    forget();
  }

  /** Nobody can go on from a version that has been until now. */
  synchronized void forget() {
    forgotten = version;
    events.clear();
  }

  /** Watches are told that they are too late. */
  synchronized void expire() {
    forget();
    version++;
    say(line("ERROR", status(410, "too old resource version")));
  }

  /** Ends all watches as a server does that has been asked to end them by now. */
  synchronized void endWatches() {
    watches.forEach(HttpServerResponse::end);
    watches.clear();
  }

  /** Cuts all watches off. */
  synchronized void cutWatches() {
    watches.forEach(HttpServerResponse::reset);
    watches.clear();
  }

  synchronized void trouble(Trouble next) {
    trouble = next;
  }

  synchronized int watches() {
    return watches.size();
  }

  /** How often slices have been listed. */
  synchronized long lists() {
    return asked.stream().filter(what -> what.equals("list")).count();
  }

  /** What it has been asked, in that order: "list", "watch VERSION", or a path. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** What was presented with the last request. */
  synchronized String authorization() {
    return authorization;
  }

  private synchronized void asked(HttpServerRequest request) {
    authorization = String.valueOf(request.getHeader("Authorization"));
    boolean watch = request.getParam("watch") != null;
    boolean list = request.path().equals(LIST) && !watch;
    asked.add(
        watch ? "watch " + request.getParam("resourceVersion") : list ? "list" : request.path());
    boolean onlyWatches = trouble == Trouble.NO_WATCH || trouble == Trouble.WATCH_FORBIDDEN;
    if (trouble == Trouble.NONE || (onlyWatches && !watch)) {
      answer(request, watch, list);
    } else {
      fail(request);
    }
  }

  private void answer(HttpServerRequest request, boolean watch, boolean list) {
    if (!watch && !list) {
      JsonObject object = objects.get(request.path());
      request.response().setStatusCode(object == null ? 404 : object.getInteger("code", 200));
      request
          .response()
          .end((object == null ? status(404, request.path() + " not found") : object).encode());
    } else if (!"kubernetes.io/service-name=postgres".equals(request.getParam("labelSelector"))) {
      request.response().setStatusCode(400).end(status(400, "another selector").encode());
    } else if (watch) {
      watch(request);
    } else {
      request.response().end(listing().encode());
    }
  }

  private JsonObject listing() {
    return new JsonObject()
        .put("kind", "EndpointSliceList")
        .put("metadata", new JsonObject().put("resourceVersion", String.valueOf(version)))
        .put("items", new JsonArray(List.copyOf(slices.values())));
  }

  private void watch(HttpServerRequest request) {
    long from = Long.parseLong(request.getParam("resourceVersion"));
    if (from < forgotten) {
      request.response().setStatusCode(410).end(status(410, "too old").encode());
      return;
    }
    HttpServerResponse response = request.response().setChunked(true);
    response.writeHead();
    events.stream().filter(event -> event.version() > from).forEach(e -> response.write(e.line()));
    watches.add(response);
    response.closeHandler(closed -> closed(response));
  }

  private synchronized void closed(HttpServerResponse watch) {
    watches.remove(watch);
  }

  private void fail(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (trouble) {
      case BROKEN -> response.setStatusCode(500).end(status(500, "etcd is away").encode());
      case FORBIDDEN, WATCH_FORBIDDEN ->
          response.setStatusCode(403).end(status(403, "user loble cannot do that").encode());
      case UNAUTHORIZED -> response.setStatusCode(401).end(status(401, "Unauthorized").encode());
      case CLOSING -> request.connection().close();
      case GARBAGE -> response.end("<html>");
      case OTHER_JSON -> response.end("{\"items\":[7]}");
      case ENDLESS -> response.setChunked(true).write("{");
      case NO_WATCH -> response.end();
      default -> {}
    }
  }

  private static JsonObject status(int code, String message) {
    return new JsonObject()
        .put("kind", "Status")
        .put("status", "Failure")
        .put("message", message)
        .put("code", code);
  }

  @Override
  public void close() {
    join(vertx.close());
  }
}
