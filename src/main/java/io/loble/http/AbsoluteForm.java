package io.loble.http;

import io.netty.handler.codec.http.HttpMethod;

/**
 * A target with scheme and authority, as it is sent to proxies and must be understood by every
 * server (RFC 9112, section 3.2.2).
 *
 * @param authority a valid one, as it was written
 * @param target the same in origin-form; an asterisk for OPTIONS without a path
 */
record AbsoluteForm(String authority, String target) {

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  static AbsoluteForm of(HttpMethod method, String target) {
    int from = endOfScheme(target);
    int end = endOfAuthority(target, from);
    String authority = target.substring(from, end);
    if (!Authority.isValid(authority)) {
      throw new MalformedRequestException("the target has no valid authority");
    }
    return new AbsoluteForm(authority, originForm(method, target.substring(end)));
  }

  private static int endOfScheme(String target) {
    if (target.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
      return HTTP.length();
    }
    if (target.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      return HTTPS.length();
    }
    throw new MalformedRequestException("the target is neither a path nor an http URI");
  }

  private static int endOfAuthority(String target, int from) {
    int at = from;
    while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  private static String originForm(HttpMethod method, String rest) {
    if (rest.isEmpty()) {
      return HttpMethod.OPTIONS.equals(method) ? RequestTarget.ASTERISK : "/";
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
