package io.loble.admin;

import io.loble.config.source.StrictJson;
import io.loble.config.source.TextFile;
import io.loble.control.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of an HTTP request what a command wants to know. */
final class Requests {

  private static final String SENDER = "loble.sender";
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;.*)?", Pattern.CASE_INSENSITIVE);

  private Requests() {}

  /** Whose token a request carries; an empty name when that is not known. */
  static void sentBy(RoutingContext ctx, String name) {
    ctx.put(SENDER, name);
  }

  /** The port is left out: it is another with each request. */
  static Caller caller(RoutingContext ctx) {
    SocketAddress from = ctx.request().remoteAddress();
    @Nullable String address = from == null ? null : from.hostAddress();
    @Nullable String sender = ctx.get(SENDER);
    return Caller.http(sender == null ? "" : sender, address == null ? "unknown" : address);
  }

  /** The body, the query and what the path names, as one object. */
  static JsonObject arguments(RoutingContext ctx) {
    JsonObject arguments = body(ctx);
    for (Map.Entry<String, String> parameter : ctx.queryParams()) {
      put(arguments, parameter, "the query");
    }
    ctx.pathParams().entrySet().forEach(parameter -> put(arguments, parameter, "the path"));
    return arguments;
  }

  /** The same, where some that stand in the query are numbers, which it has no way to say. */
  static JsonObject arguments(RoutingContext ctx, String... numbers) {
    JsonObject arguments = arguments(ctx);
    for (String number : numbers) {
      if (arguments.getValue(number) instanceof String text && WHOLE.matcher(text).matches()) {
        arguments.put(number, Long.valueOf(text));
      }
    }
    return arguments;
  }

  /** The body as the text of a file, or as arguments where it is said to be JSON. */
  static JsonObject plan(RoutingContext ctx) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && JSON.matcher(type).matches()) {
      return body(ctx);
    }
    Buffer body = ctx.body().buffer();
    return new JsonObject().put("toml", body == null ? "" : text(body));
  }

  private static JsonObject body(RoutingContext ctx) {
    Buffer body = ctx.body().buffer();
    if (body == null || body.length() == 0) {
      return new JsonObject();
    }
    try {
      return StrictJson.object(text(body));
    } catch (DecodeException e) {
      throw new HttpException(400, "the body is not a JSON object: " + e.getMessage());
    }
  }

  private static String text(Buffer body) {
    try {
      return TextFile.decode(body.getBytes());
    } catch (CharacterCodingException e) {
      throw new HttpException(400, "the body " + e.getMessage());
    }
  }

  private static void put(JsonObject arguments, Map.Entry<String, String> parameter, String where) {
    if (arguments.containsKey(parameter.getKey())) {
      throw new HttpException(
          400, parameter.getKey() + " is also given in " + where + "; give it once");
    }
    arguments.put(parameter.getKey(), parameter.getValue());
  }
}
