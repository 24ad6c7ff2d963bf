package io.loble.proxy;

import org.jspecify.annotations.Nullable;

/** What is known of a request before a backend is picked. */
public interface RequestInfo {

  String method();

  /** What it is for, in lower case and without a port; null when it does not say. */
  @Nullable String host();

  /** As it came, without the query. */
  String path();

  /**
   * The value of a header; the first where it is there more than once, null where it is not.
   *
   * @param name in any case
   */
  @Nullable String header(String name);
}
