package io.loble.proxy;

import java.util.Locale;
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

  /** The host of what a request says that it is for, in lower case and without the port. */
  static String hostOf(String authority) {
    int colon = authority.lastIndexOf(':');
    String host =
        colon < 0 || authority.indexOf(']', colon) >= 0 ? authority : authority.substring(0, colon);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
