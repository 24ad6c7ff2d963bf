package io.loble.ctl.client;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is asked of a balancer.
 *
 * @param path below {@code /api/v1/}, with its query, encoded
 */
public record Request(String method, String path, Optional<Body> body) {

  /** Asks for the status. */
  public static final Request STATUS = get("status");

  /** What is sent along. */
  record Body(String type, String text) {}

  public static Request get(String path) {
    return new Request("GET", path, Optional.empty());
  }

  public static Request delete(String path) {
    return new Request("DELETE", path, Optional.empty());
  }

  public static Request send(String method, String path, JsonObject body) {
    return new Request(
        method, path, Optional.of(new Body("application/json", JsonText.compact(body))));
  }

  public static Request sendToml(String path, String toml) {
    return new Request("POST", path, Optional.of(new Body("application/toml", toml)));
  }

  /** A value of a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * A name as a segment of a path.
   *
   * @throws CtlException for what would lead to another path, however it is written: nothing has
   *     such a name
   */
  public static String segment(String name) throws CtlException {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw CtlException.usage("\"" + name + "\" is no name");
    }
    return encode(name);
  }
}
