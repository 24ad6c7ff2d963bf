package io.loble.config.source;

import io.loble.config.ErrorPage;
import io.loble.config.ListenerHttp;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the error pages of a listener have in them. Equal where nothing has changed. May be used
 * from any thread.
 */
public final class ErrorPages {

  /** The largest page; each stays in memory. */
  public static final int MAX_BYTES = 64 * 1024;

  /** No pages. */
  public static final ErrorPages NONE = new ErrorPages(Map.of());

  private final Map<Integer, Page> pages;

  private ErrorPages(Map<Integer, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /**
   * A page.
   *
   * @param content not to be changed
   */
  public record Page(String contentType, Buffer content) {}

  /**
   * Takes what the files have in them now. Blocks, if there are any.
   *
   * @throws IOException when one cannot be read, or is larger than {@link #MAX_BYTES}; the message
   *     names the key and the file
   */
  public static ErrorPages read(ListenerHttp http) throws IOException {
    Map<Integer, Page> pages = new HashMap<>();
    for (Map.Entry<Integer, ErrorPage> entry : http.errorPages().entrySet()) {
      try {
        pages.put(entry.getKey(), page(entry.getValue()));
      } catch (IOException e) {
        throw new IOException("http.error_pages." + entry.getKey() + ": " + e.getMessage(), e);
      }
    }
    return new ErrorPages(pages);
  }

  /**
   * What one has in it now.
   *
   * @throws IOException when it cannot be read or is too large; the message names the file
   */
  static Page page(ErrorPage page) throws IOException {
    String file = page.file();
    try {
      byte[] content = FileReads.all(Path.of(file));
      if (content.length > MAX_BYTES) {
        throw new IOException("has more than " + MAX_BYTES / 1024 + " KiB");
      }
      return new Page(page.contentType(), Buffer.buffer(content));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; create it, or correct the path", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": cannot be read: permission denied", e);
    } catch (InvalidPathException | IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The one that is shown with that status, if there is one. */
  public Optional<Page> of(int status) {
    return Optional.ofNullable(pages.get(status));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ErrorPages all && pages.equals(all.pages);
  }

  @Override
  public int hashCode() {
    return pages.hashCode();
  }

  @Override
  public String toString() {
    return pages.keySet().toString();
  }
}
