package io.loble.proxy;

import io.loble.config.HttpMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a route asks of requests, made ready to be asked. Immutable. */
final class RequestConditions {

  private final HttpMatch match;
  private final Set<String> hosts;
  private final Set<String> methods;
  private final List<Map.Entry<String, String>> headers;

  RequestConditions(HttpMatch match) {
    this.match = match;
    this.hosts = Set.copyOf(match.hosts());
    this.methods = Set.copyOf(match.methods());
    this.headers = List.copyOf(match.headers().entrySet());
  }

  /** Whether all of them hold. */
  boolean hold(RequestInfo request) {
    return (hosts.isEmpty() || isFor(request.host()))
        && (match.path().isEmpty() || HttpMatch.begins(request.path(), match.path()))
        && (methods.isEmpty() || methods.contains(request.method()))
        && haveAll(request);
  }

  private boolean isFor(@Nullable String host) {
    return host != null && HostNames.among(hosts, host) != null;
  }

  private boolean haveAll(RequestInfo request) {
    for (Map.Entry<String, String> header : headers) {
      String value = request.header(header.getKey());
      boolean holds =
          value != null
              && (header.getValue().equals(HttpMatch.ANY_VALUE) || header.getValue().equals(value));
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  /** Each condition that a request meets, and what meets it. */
  List<String> reasons(RequestInfo request) {
    List<String> reasons = new ArrayList<>();
    String host = request.host();
    if (!hosts.isEmpty() && host != null) {
      reasons.add("host " + HostNames.among(hosts, host));
    }
    if (!match.path().isEmpty()) {
      reasons.add("path " + match.path());
    }
    if (!methods.isEmpty()) {
      reasons.add("method " + request.method());
    }
    match.headers().keySet().forEach(name -> reasons.add("header " + name));
    return reasons;
  }
}
