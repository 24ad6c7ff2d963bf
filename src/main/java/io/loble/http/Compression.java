package io.loble.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpResponseHead;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which answers are compressed, and what their heads say then. */
final class Compression {

  /** Shorter ones would hardly become shorter. */
  private static final int LEAST = 256;

  private static final int PARTIAL_CONTENT = 206;

  private static final String WEAK = "W/";

  private static final Set<String> TEXTS =
      Set.of(
          "application/json",
          "application/xml",
          "application/javascript",
          "application/x-javascript",
          "application/x-ndjson",
          "application/wasm");

  private static final List<String> DIGESTS =
      List.of("content-digest", "repr-digest", "digest", "content-md5");

  private Compression() {}

  /**
   * Begins an answer whose head is set, and not sent: it is compressed if it may be and the client
   * takes that.
   *
   * @param head as the backend has sent it
   * @param all that are compressed now
   * @return what compresses its body; null for nothing
   */
  static @Nullable Gzip begin(HttpResponseHead head, HttpServerRequest request, Gzips all) {
    boolean isTold = isOnlyTold(head, request);
    if (!mayCompress(head) || (!isTold && !isLong(head, request))) {
      return null;
    }
    vary(request.response().headers());
    Gzip gzip = !isTold && isTaken(request) ? all.begin() : null;
    if (gzip != null) {
      announce(request);
    }
    return gzip;
  }

  /** Whether it says only what another answer would be (RFC 9110, 9.3.2 and 15.4.5). */
  private static boolean isOnlyTold(HttpResponseHead head, HttpServerRequest request) {
    return request.method().equals(HttpMethod.HEAD)
        || head.statusCode == HttpURLConnection.HTTP_NOT_MODIFIED;
  }

  private static boolean isLong(HttpResponseHead head, HttpServerRequest request) {
    long length = AnswerHead.length(head, request);
    return length < 0 || length >= LEAST;
  }

  private static boolean mayCompress(HttpResponseHead head) {
    // The numbers of a part are those of bytes that are not compressed, and so are digests.
    return head.statusCode != PARTIAL_CONTENT
        && head.statusCode != HttpURLConnection.HTTP_RESET
        && isText(head.headers.get(HttpHeaders.CONTENT_TYPE))
        && DIGESTS.stream().noneMatch(head.headers::contains)
        && !head.headers.contains(HttpHeaders.CONTENT_ENCODING)
        && !names(head.headers, HttpHeaders.CACHE_CONTROL, "no-transform");
  }

  private static boolean names(MultiMap headers, CharSequence header, String word) {
    return headers.getAll(header).stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(word));
  }

  /** What is pictures, sound or archives would only cost time. */
  private static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.endsWith("+json")
        || type.endsWith("+xml")
        || TEXTS.contains(type);
  }

  /** A client of HTTP/1.0 would not know where it ends. */
  private static boolean isTaken(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0
        && takesGzip(request.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
  }

  /** By RFC 9110, 12.5.3: what is not named is what the asterisk says. */
  private static boolean takesGzip(List<String> accepted) {
    boolean others = false;
    for (String line : accepted) {
      for (String each : line.split(",", -1)) {
        String coding = each.toLowerCase(Locale.ROOT).strip();
        String name = coding.split(";", -1)[0].strip();
        if (name.equals("gzip") || name.equals("x-gzip")) {
          return isWanted(coding);
        }
        others |= name.equals("*") && isWanted(coding);
      }
    }
    return others;
  }

  private static boolean isWanted(String coding) {
    int weight = coding.indexOf("q=");
    if (weight < 0) {
      return true;
    }
    try {
      return Float.parseFloat(coding.substring(weight + 2).strip()) > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Says to caches that other clients may get another form. */
  private static void vary(MultiMap headers) {
    if (!names(headers, HttpHeaders.VARY, "accept-encoding")) {
      headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
  }

  /** Says that the body is compressed: its length is not known, and no parts of it can be had. */
  private static void announce(HttpServerRequest request) {
    MultiMap headers = request.response().headers();
    headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    headers.remove(HttpHeaders.CONTENT_LENGTH);
    headers.remove(HttpHeaders.ACCEPT_RANGES);
    String tag = headers.get(HttpHeaders.ETAG);
    if (tag != null && !tag.startsWith(WEAK)) {
      headers.set(HttpHeaders.ETAG, WEAK + tag);
    }
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().setChunked(true);
    }
  }
}
