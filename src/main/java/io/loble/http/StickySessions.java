package io.loble.http;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.StickyCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * By which cookie a client comes back to its backend. Its value is a keyed hash (HMAC with SHA-256,
 * RFC 2104) of the pool's and the backend's name: nobody can make one who does not know the secret,
 * and it says nothing of the backend. It is the same on every event loop and node that has the
 * secret. Belongs to one event loop.
 */
final class StickySessions {

  private static final String HMAC = "HmacSHA256";

  /** Of the hash's 32 bytes: enough that none is found by chance (RFC 2104, 5). */
  private static final int BYTES = 16;

  /** For so many seconds what was worked out for a pool is kept unused; the pool may be gone. */
  private static final int KEPT_SECONDS = 60;

  private final Map<String, Known> pools = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private int seconds;

  /** What was worked out for a pool as one snapshot has it. */
  private record Known(Pool pool, Map<String, Backend> byValue, Map<String, String> byBackend) {}

  /** The backend that a client had before, if it is in rotation; null when there is none. */
  @Nullable Backend backend(Pool pool, List<String> cookieHeaders) {
    StickyCookie cookie = pool.outbound().http().cookie();
    if (cookieHeaders.isEmpty()) {
      return null;
    }
    Known known = known(pool, cookie);
    return cookieHeaders.stream()
        .flatMap(header -> ServerCookieDecoder.LAX.decodeAll(header).stream())
        .filter(each -> each.name().equals(cookie.name()))
        .map(each -> known.byValue().get(each.value()))
        .filter(backend -> backend != null && pool.inRotation().contains(backend))
        .findFirst()
        .orElse(null);
  }

  /** What the client of a backend is to send from now on: the value of {@code Set-Cookie}. */
  String cookie(Pool pool, Backend backend, boolean encrypted) {
    StickyCookie cookie = pool.outbound().http().cookie();
    StringBuilder text =
        new StringBuilder(cookie.name())
            .append('=')
            .append(known(pool, cookie).byBackend().get(backend.name()))
            .append("; Path=/; HttpOnly; SameSite=")
            .append(cookie.sameSite());
    if (!cookie.maxAge().isZero()) {
      text.append("; Max-Age=").append(cookie.maxAge().toSeconds());
    }
    if (isSecure(cookie, encrypted)) {
      text.append("; Secure");
    }
    return text.toString();
  }

  private static boolean isSecure(StickyCookie cookie, boolean encrypted) {
    return switch (cookie.secure()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> encrypted;
    };
  }

  /** To be called about once per second. */
  void everySecond() {
    seconds++;
    if (seconds % KEPT_SECONDS == 0) {
      pools.keySet().retainAll(used);
      used.clear();
    }
  }

  private Known known(Pool pool, StickyCookie cookie) {
    used.add(pool.name());
    Known before = pools.get(pool.name());
    if (before != null && isOf(before, pool)) {
      return before;
    }
    Known now = workOut(pool, cookie, before);
    pools.put(pool.name(), now);
    return now;
  }

  @SuppressWarnings("ReferenceEquality") // two that are equal would be as good, but slow to compare
  private static boolean isOf(Known known, Pool pool) {
    return known.pool() == pool;
  }

  /** Values are worked out once for a name, as long as the secret is the same. */
  private static Known workOut(Pool pool, StickyCookie cookie, @Nullable Known before) {
    boolean same = before != null && before.pool().outbound().http().cookie().equals(cookie);
    Map<String, Backend> byValue = new HashMap<>();
    Map<String, String> byBackend = new HashMap<>();
    for (Backend backend : pool.backends()) {
      String old = same && before != null ? before.byBackend().get(backend.name()) : null;
      String value = old == null ? value(pool.name(), backend.name(), cookie.secret()) : old;
      byValue.put(value, backend);
      byBackend.put(backend.name(), value);
    }
    return new Known(pool, byValue, byBackend);
  }

  /** The value for a backend. */
  static String value(String pool, String backend, String secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] hash = mac.doFinal((pool + "\n" + backend).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
