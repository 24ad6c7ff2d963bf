package io.loble.config.keys;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.CheckType;
import io.loble.config.ActiveCheck.ExpectCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.config.HealthConfig;
import io.loble.config.read.Field;
import io.loble.config.read.ForeignWords;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Schemas;
import io.loble.config.read.Section;
import io.loble.config.read.StatusRange;
import io.loble.config.read.Values;
import java.time.Duration;
import java.util.List;

/** The keys of {@code [health]} and {@code [health.active]}. */
public final class HealthKeys {

  private static final Field<ActiveCheck, Boolean> ENABLED =
      Field.optional("enabled", Scalars.bool(), ActiveCheck::enabled, true);
  private static final Field<ActiveCheck, CheckType> TYPE =
      Field.optional(
          "type",
          Scalars.choice(List.of(CheckType.values()), ForeignWords::check),
          ActiveCheck::type,
          CheckType.TCP);
  private static final Field<ActiveCheck, Duration> INTERVAL =
      Field.optional(
          "interval",
          Scalars.durationOfAtLeast(Duration.ofMillis(10)),
          ActiveCheck::interval,
          Duration.ofSeconds(3));
  private static final Field<ActiveCheck, Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Scalars.durationOfAtLeast(Duration.ofMillis(1)),
          ActiveCheck::timeout,
          Duration.ofSeconds(1));
  private static final Field<ActiveCheck, Double> JITTER =
      Field.optional("jitter", Scalars.decimal(0, 0.5), ActiveCheck::jitter, 0.1);
  private static final Field<ActiveCheck, String> PATH =
      Field.optional(
          "path",
          Scalars.text(
                  "a path that begins with / and has no spaces, such as \"/healthz\"",
                  s -> s.startsWith("/") && isVisible(s))
              .describedBy(Schemas.path()),
          c -> c.http().path(),
          "/");
  private static final Field<ActiveCheck, String> HOST =
      Field.optional(
          "host",
          Scalars.text("a host name without spaces, or \"\"", HealthKeys::isVisible),
          c -> c.http().host(),
          "");
  private static final Field<ActiveCheck, StatusRange> STATUS =
      Field.optional(
          "status",
          Scalars.statusRange(),
          c -> new StatusRange(c.http().minStatus(), c.http().maxStatus()),
          new StatusRange(200, 399));
  private static final Field<ActiveCheck, String> SEND =
      Field.optional("send", Scalars.text(), c -> c.expect().send(), "");
  private static final Field<ActiveCheck, String> EXPECT =
      Field.optional("expect", Scalars.text(), c -> c.expect().expect(), "");

  private static final Field<ActiveCheck, Boolean> SEND_PROXY =
      Field.optional("send_proxy", Scalars.bool(), ActiveCheck::sendProxy, true);

  static final Section<ActiveCheck> ACTIVE =
      new Section<>(
          HealthKeys::activeCheck,
          HealthKeys::expectNeedsText,
          ENABLED,
          TYPE,
          INTERVAL,
          TIMEOUT,
          JITTER,
          PATH,
          HOST,
          STATUS,
          SEND,
          EXPECT,
          SEND_PROXY);

  private static final Field<HealthConfig, Integer> FAILURE_THRESHOLD =
      Field.optional("failure_threshold", Scalars.atLeast(1), HealthConfig::failureThreshold, 3);
  private static final Field<HealthConfig, Integer> SUCCESS_THRESHOLD =
      Field.optional("success_threshold", Scalars.atLeast(1), HealthConfig::successThreshold, 2);
  private static final Field<HealthConfig, ActiveCheck> ACTIVE_CHECK =
      Field.section("active", ACTIVE, HealthConfig::active);

  public static final Section<HealthConfig> HEALTH =
      new Section<>(
          v ->
              new HealthConfig(
                  v.get(FAILURE_THRESHOLD), v.get(SUCCESS_THRESHOLD), v.get(ACTIVE_CHECK)),
          FAILURE_THRESHOLD,
          SUCCESS_THRESHOLD,
          ACTIVE_CHECK);

  private HealthKeys() {}

  private static ActiveCheck activeCheck(Values<ActiveCheck> v) {
    StatusRange status = v.get(STATUS);
    return new ActiveCheck(
        v.get(ENABLED),
        v.get(TYPE),
        v.get(INTERVAL),
        v.get(TIMEOUT),
        v.get(JITTER),
        new HttpCheck(v.get(PATH), v.get(HOST), status.min(), status.max()),
        new ExpectCheck(v.get(SEND), v.get(EXPECT)),
        v.get(SEND_PROXY));
  }

  private static void expectNeedsText(Values<ActiveCheck> values, Problems problems) {
    if (values.get(TYPE) == CheckType.EXPECT && values.get(EXPECT).isEmpty()) {
      problems.add(
          values.place(TYPE),
          "a check of type expect needs the text to wait for, such as expect = \"+PONG\"");
    }
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(c -> c > ' ' && c != 0x7f);
  }
}
