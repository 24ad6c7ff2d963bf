package io.loble.config.keys;

import io.loble.config.Durations;
import io.loble.config.PoolConfig;
import io.loble.config.read.Field;
import io.loble.config.read.HttpScalars;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.HttpRules;
import io.loble.model.HttpVersion;
import io.loble.model.PoolTls;
import io.loble.model.StickyCookie;
import io.loble.model.StickyCookie.Secure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/** The keys of {@code [pools.NAME.http]} and {@code [pools.NAME.cookie]}, and their rules. */
final class PoolHttpKeys {

  private static final int MOST_IDLE = 10_000;
  private static final int MOST_STREAMS = 1000;
  private static final String NONE = "None";

  /** Browsers keep none for much longer. */
  private static final Duration LONGEST_AGE = Durations.MAX;

  private static final Field<HttpRules, HttpVersion> VERSION =
      Field.optional(
          "version", HttpScalars.version(), HttpRules::version, HttpRules.DEFAULT.version());
  private static final Field<HttpRules, Integer> MAX_IDLE =
      Field.optional(
          "max_idle",
          Scalars.between(0, MOST_IDLE),
          HttpRules::maxIdle,
          HttpRules.DEFAULT.maxIdle());
  private static final Field<HttpRules, Duration> IDLE_TIMEOUT =
      Field.optional(
          "idle_timeout",
          Scalars.durationBetween(Duration.ofSeconds(1), Duration.ofHours(1)),
          HttpRules::idleTimeout,
          HttpRules.DEFAULT.idleTimeout());
  private static final Field<HttpRules, Integer> MAX_STREAMS =
      Field.optional(
          "max_streams",
          Scalars.between(1, MOST_STREAMS),
          HttpRules::maxStreams,
          HttpRules.DEFAULT.maxStreams());
  private static final Field<HttpRules, List<Integer>> FAIL_ON =
      Field.optional(
          "fail_on", HttpScalars.errorStatuses(), rules -> List.copyOf(rules.failOn()), List.of());

  private static final Field<StickyCookie, String> NAME =
      Field.optional("name", HttpScalars.cookieName(), StickyCookie::name, StickyCookie.OFF.name());
  private static final Field<StickyCookie, String> SECRET =
      Field.optional(
          "secret", HttpScalars.secret(), StickyCookie::secret, StickyCookie.OFF.secret());
  private static final Field<StickyCookie, Duration> MAX_AGE =
      Field.optional(
          "max_age",
          Scalars.secondsUpTo(LONGEST_AGE),
          StickyCookie::maxAge,
          StickyCookie.OFF.maxAge());
  private static final Field<StickyCookie, Secure> SECURE =
      Field.optional(
          "secure", Scalars.choice(Secure.class), StickyCookie::secure, StickyCookie.OFF.secure());
  private static final Field<StickyCookie, String> SAME_SITE =
      Field.optional(
          "same_site",
          HttpScalars.word(List.of("Lax", "Strict", NONE)),
          StickyCookie::sameSite,
          StickyCookie.OFF.sameSite());

  static final Field<PoolConfig, HttpRules> POOL_HTTP =
      Field.section(
          "http",
          new Section<>(
              v ->
                  new HttpRules(
                      v.get(VERSION),
                      v.get(MAX_IDLE),
                      v.get(IDLE_TIMEOUT),
                      v.get(MAX_STREAMS),
                      new LinkedHashSet<>(v.get(FAIL_ON)),
                      StickyCookie.OFF),
              VERSION,
              MAX_IDLE,
              IDLE_TIMEOUT,
              MAX_STREAMS,
              FAIL_ON),
          pool -> pool.outbound().http());

  static final Field<PoolConfig, StickyCookie> COOKIE =
      Field.optional(
          "cookie",
          new OptionalTable<>(
              new Section<>(
                  v ->
                      new StickyCookie(
                          v.get(NAME),
                          v.get(SECRET),
                          v.get(MAX_AGE),
                          v.get(SECURE),
                          v.get(SAME_SITE)),
                  PoolHttpKeys::checkCookie,
                  NAME,
                  SECRET,
                  MAX_AGE,
                  SECURE,
                  SAME_SITE),
              StickyCookie.OFF),
          pool -> pool.outbound().http().cookie(),
          StickyCookie.OFF);

  private PoolHttpKeys() {}

  static HttpRules rules(Values<PoolConfig> v) {
    return v.get(POOL_HTTP).withCookie(v.get(COOKIE));
  }

  private static void checkCookie(Values<StickyCookie> values, Problems problems) {
    if (!values.get(NAME).isEmpty() && values.get(SECRET).isEmpty() && !values.unusable(SECRET)) {
      problems.add(
          values.place(SECRET),
          "missing; the cookie is signed with it: give 16 characters or more that nobody can guess,"
              + " such as what \"openssl rand -hex 16\" prints");
    }
    if (values.get(SAME_SITE).equals(NONE) && values.get(SECURE) == Secure.NEVER) {
      problems.add(
          values.place(SAME_SITE),
          "browsers take a cookie with \"None\" only if it is secure; have secure = \"always\"");
    }
  }

  /** What requests and TLS of a pool must be together. */
  static void checkPool(Values<PoolConfig> values, Problems problems) {
    PoolTls tls = values.get(PoolTlsKeys.POOL_TLS);
    String wanted = values.get(POOL_HTTP).version().label();
    if (values.get(POOL_HTTP).version() == HttpVersion.H2
        && tls.enabled()
        && !tls.alpn().isEmpty()
        && !tls.alpn().contains(wanted)) {
      problems.add(
          values.place(POOL_HTTP).child(VERSION.name()),
          "\"h2\" is agreed on by ALPN, and tls.alpn does not offer it; add it there, or leave"
              + " tls.alpn out");
    }
  }
}
