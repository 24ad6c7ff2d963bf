package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands that are wrong, or nearly so. */
final class BrokenCalls {

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-32",
          "nonsense",
          "");

  private static final List<String> BODIES =
      List.of("null", "[]", "1", "\"x\"", "true", "{", "{}}", "{\"\":{}}", "[{}]", "NaN", " ", "%");

  private static final List<String> WEIRD =
      List.of(
          "%00",
          "%zz",
          "%2F",
          "%C3%28",
          "..",
          "//",
          ";",
          "?x=%",
          "?timeout=%zz",
          "%25",
          "%",
          "&",
          "%F0%9F%92%A9",
          "?name=a&name=b",
          "?pool=x",
          "/..%2f..",
          "'",
          "%0d%0a",
          "*",
          "?=",
          "{}");

  private final Random random;
  private final Mutations mutations;
  private final Supplier<Call> valid;

  BrokenCalls(Random random, Supplier<Call> valid) {
    this.random = random;
    this.mutations = new Mutations(random);
    this.valid = valid;
  }

  RawRequest request() {
    Call call = valid.get();
    Call spoiled = random.nextBoolean() ? spoiled(call) : call;
    String target = random.nextInt(3) == 0 ? weird(spoiled.target()) : spoiled.target();
    String type = one(TYPES);
    String headers = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    return new RawRequest(
        call.method(), target, headers, Buffer.buffer(body(spoiled)), random.nextBoolean());
  }

  /** Something to be sent to the event-bus address. */
  Object message() {
    Call call = spoiled(valid.get());
    JsonObject message = call.message();
    return switch (random.nextInt(8)) {
      case 0 -> one(List.of("status", 1, new JsonArray(), Buffer.buffer("{}"), true, 0.5));
      case 1 -> message.put("command", value());
      case 2, 3 -> {
        try {
          yield new JsonObject(mutations.text(message.encode()));
        } catch (DecodeException | ClassCastException e) {
          yield message;
        }
      }
      default -> message;
    };
  }

  private byte[] body(Call call) {
    return switch (random.nextInt(5)) {
      case 0 -> one(BODIES).getBytes(UTF_8);
      case 1 -> doubled(call.body()).getBytes(UTF_8);
      case 2 -> call.body().getBytes(UTF_8);
      default -> mutations.bytes(call.body().getBytes(UTF_8));
    };
  }

  /** With a member that stands twice. */
  private static String doubled(String body) {
    return body.startsWith("{\"")
        ? body.replaceFirst("\\{", "{\"weight\":1,\"weight\":\"x\",")
        : body;
  }

  private String weird(String target) {
    int at = 8 + random.nextInt(target.length() - 7);
    String spoiled = target.substring(0, at) + one(WEIRD) + target.substring(at);
    return random.nextInt(20) == 0 ? spoiled + "/" + "x".repeat(random.nextInt(10_000)) : spoiled;
  }

  private Call spoiled(Call call) {
    JsonObject arguments = call.arguments().copy();
    List<String> names = List.copyOf(arguments.fieldNames());
    if (names.isEmpty()) {
      return new Call(call.command(), arguments.put("x", value()));
    }
    String name = one(names);
    return new Call(
        call.command(),
        switch (random.nextInt(5)) {
          case 0 -> without(arguments, name);
          case 1 -> without(arguments, name).put(name + 's', arguments.getValue(name));
          case 2 -> arguments.put(one(List.of("", "x", "command ", "state")), value());
          default -> arguments.put(name, value());
        });
  }

  private static JsonObject without(JsonObject arguments, String name) {
    JsonObject rest = arguments.copy();
    rest.remove(name);
    return rest;
  }

  private @Nullable Object value() {
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "x".repeat(random.nextInt(100_000));
      case 3 -> random.nextInt();
      case 4 -> random.nextLong();
      case 5 -> random.nextDouble();
      case 6 -> true;
      case 7 -> new JsonObject();
      case 8 -> new JsonArray().add(1).add(new JsonObject()).addNull();
      case 9 -> nested();
      case 10 -> one(List.of("8760h", "999999999999h", "0s", "-1s"));
      case 11 -> one(List.of("127.0.0.1:1", "127.0.0.1:0", "[::1]:1", "localhost:1"));
      case 12 -> Instant.EPOCH;
      case 13 -> new byte[] {1};
      case 14 -> one(List.of("\u0000", "\ud800", "\u202e", "a\nb", "a/b", "%2F"));
      default -> 1e300;
    };
  }

  private JsonObject nested() {
    JsonObject json = new JsonObject();
    int depth = random.nextInt(900);
    for (int i = 0; i < depth; i++) {
      json = new JsonObject().put("x", json);
    }
    return json;
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
