package io.loble.admin;

import io.vertx.core.http.HttpServerResponse;

/** What every page for people says of what it may do. */
final class PageHeaders {

  /** A page runs its own files alone, speaks to its own host alone, and stands in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private PageHeaders() {}

  static HttpServerResponse put(HttpServerResponse response) {
    return response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
  }
}
