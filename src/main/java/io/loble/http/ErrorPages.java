package io.loble.http;

import io.loble.config.ErrorPage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages that a user has made for errors of Loble's own. They are read once, when it begins. */
final class ErrorPages {

  private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

  /** One of them. */
  record Page(String contentType, Buffer content) {}

  private final Map<Integer, Page> read = new HashMap<>();

  private ErrorPages() {}

  /** Begins to read them; what is not read as yet, or cannot be, is not there. */
  static ErrorPages read(Vertx vertx, Map<Integer, ErrorPage> named) {
    ErrorPages pages = new ErrorPages();
    named.forEach((status, page) -> pages.read(vertx, status, page));
    return pages;
  }

  private void read(Vertx vertx, int status, ErrorPage page) {
    vertx
        .fileSystem()
        .readFile(page.file())
        .onSuccess(content -> read.put(status, new Page(page.contentType(), content)))
        .onFailure(cause -> log.warn("the page for status {} cannot be read", status, cause));
  }

  /** The page of a status; null when there is none. */
  @Nullable Page of(int status) {
    return read.get(status);
  }
}
