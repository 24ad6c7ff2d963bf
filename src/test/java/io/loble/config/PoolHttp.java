package io.loble.config;

import io.loble.model.HttpRules;
import io.loble.model.HttpVersion;
import io.loble.model.StickyCookie;
import io.loble.model.StickyCookie.Secure;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Valid rules for requests of every kind, for property tests. */
public final class PoolHttp {

  /** The secret of every cookie. */
  public static final String SECRET = "0123456789 \"abcdef\"";

  private PoolHttp() {}

  /** With any version that any TLS goes with. */
  static Arbitrary<HttpRules> rules() {
    return Combinators.combine(
            Arbitraries.of(HttpVersion.class),
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.longs().between(1_000, 3_600_000).map(Duration::ofMillis),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.integers().between(400, 599).set().ofMaxSize(4),
            cookie())
        .as(HttpRules::new);
  }

  private static Arbitrary<StickyCookie> cookie() {
    Arbitrary<StickyCookie> any =
        Combinators.combine(
                Arbitraries.of("lb", "__Host-lb"),
                Arbitraries.just(SECRET),
                Arbitraries.longs().between(0, 8_760 * 3_600).map(Duration::ofSeconds),
                Arbitraries.of(Secure.AUTO, Secure.ALWAYS),
                Arbitraries.of("Lax", "Strict", "None"))
            .as(StickyCookie::new);
    return Arbitraries.oneOf(Arbitraries.just(StickyCookie.OFF), any);
  }
}
