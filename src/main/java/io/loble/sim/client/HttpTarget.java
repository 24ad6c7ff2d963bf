package io.loble.sim.client;

import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How requests name what they are for.
 *
 * @param host what the header {@code Host} says; empty for the address that is connected to
 * @param path what every path begins with: empty, or with a slash in front and none at the end
 */
record HttpTarget(Optional<String> host, String path) {

  /** Without a name of its own, from the root on. */
  static final HttpTarget DEFAULT = new HttpTarget(Optional.empty(), "");

  private static final int HTTP_PORT = 80;
  private static final Pattern PATH_FORM = Pattern.compile("/[!-~&&[^?#]]*");

  private static final ScalarCodec<String> HOST =
      Scalars.text(
          "a host such as \"api.example.com\" or \"api.example.com:8080\"",
          text -> !text.isEmpty() && HostAndPort.parseAuthority(text, HTTP_PORT) != null);
  private static final ScalarCodec<String> PATH =
      Scalars.text("a path such as \"/api\"", text -> PATH_FORM.matcher(text).matches());

  static HttpTarget read(TableReader reader) {
    return new HttpTarget(
        reader.read("http_host", HOST),
        reader.read("http_path", PATH).map(HttpTarget::withoutEnd).orElse(""));
  }

  private static String withoutEnd(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  void writeTo(JsonObject json) {
    host.ifPresent(name -> json.put("http_host", name));
    if (!path.isEmpty()) {
      json.put("http_path", path);
    }
  }

  /** What requests over a connection to that address are for. */
  HostAndPort authority(HostPort target) {
    return host.map(name -> HostAndPort.parseAuthority(name, HTTP_PORT))
        .orElseGet(() -> HostAndPort.create(target.host(), target.port()));
  }
}
