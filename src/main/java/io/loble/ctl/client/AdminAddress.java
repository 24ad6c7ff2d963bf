package io.loble.ctl.client;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a control interface, without a slash at its end. */
public record AdminAddress(URI uri) {

  /** Reads a URL, or {@code host:port}. */
  public static AdminAddress parse(String text) throws CtlException {
    String url = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = new URI(url.replaceAll("/+$", ""));
      if (isScheme(uri.getScheme()) && uri.getHost() != null && uri.getRawQuery() == null) {
        return new AdminAddress(uri);
      }
    } catch (URISyntaxException e) {
      // Falls through to the same words as any other text that is no address.
    }
    throw CtlException.usage(
        "--admin: expected a URL such as http://127.0.0.1:9090, found \"" + text + "\"");
  }

  public boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isScheme(String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
