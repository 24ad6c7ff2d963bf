package io.loble.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which requests a route takes: those for which every condition holds that is not empty.
 *
 * @param hosts names in lower case, one of which the request is for; {@code *.example.com} is every
 *     name below {@code example.com}, at any depth
 * @param path what the request's path begins with, up to a border of segments; written without a
 *     slash at its end, but for {@code /} itself
 * @param methods of which the request has one
 * @param headers with names in lower case, and the value that each has to have; {@link #ANY_VALUE}
 *     for any
 */
public record HttpMatch(
    List<String> hosts, String path, List<String> methods, Map<String, String> headers) {

  /** Every request. */
  public static final HttpMatch ANY = new HttpMatch(List.of(), "", List.of(), Map.of());

  /** A header with this has to be there, whatever its value. */
  public static final String ANY_VALUE = "*";

  public HttpMatch {
    hosts = List.copyOf(hosts);
    path = withoutSlash(path);
    methods = List.copyOf(methods);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same prefix without the slash that it may end in. */
  static String withoutSlash(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("/")
        ? prefix.substring(0, prefix.length() - 1)
        : prefix;
  }

  /** Whether a path begins with a prefix, and the prefix ends where one of its segments does. */
  public static boolean begins(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length()
            || prefix.endsWith("/")
            || path.charAt(prefix.length()) == '/');
  }

  /** The names of its hosts, whatever their order. */
  Set<String> hostSet() {
    return Set.copyOf(hosts);
  }

  /** Whether no request is taken by the other that is not taken by this. */
  boolean covers(HttpMatch other) {
    return RouteConfig.coversNames(hosts, other.hosts)
        && (path.isEmpty() || (!other.path.isEmpty() && begins(other.path, path)))
        && (methods.isEmpty() || (!other.methods.isEmpty() && methods.containsAll(other.methods)))
        && headers.entrySet().stream().allMatch(header -> covers(header, other));
  }

  private static boolean covers(Map.Entry<String, String> header, HttpMatch other) {
    String value = other.headers.get(header.getKey());
    return value != null
        && (header.getValue().equals(ANY_VALUE) || header.getValue().equals(value));
  }
}
