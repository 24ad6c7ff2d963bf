package io.loble.config.keys;

import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.model.TcpSettings;
import java.time.Duration;

/** The keys of {@code [tcp]}. */
public final class TcpKeys {

  /** The most that Linux takes: {@code MAX_TCP_KEEPIDLE}. */
  private static final Duration MAX_KEEPALIVE = Duration.ofSeconds(32_767);

  /** The kernel counts milliseconds in 31 bits, which is a little more. */
  private static final Duration MAX_USER_TIMEOUT = Duration.ofDays(24);

  private static final Field<TcpSettings, Duration> KEEPALIVE =
      Field.optional(
          "keepalive",
          Scalars.secondsUpTo(MAX_KEEPALIVE),
          TcpSettings::keepalive,
          TcpSettings.DEFAULT.keepalive());
  private static final Field<TcpSettings, Duration> USER_TIMEOUT =
      Field.optional(
          "user_timeout",
          Scalars.durationUpTo(MAX_USER_TIMEOUT),
          TcpSettings::userTimeout,
          TcpSettings.DEFAULT.userTimeout());

  public static final Section<TcpSettings> TCP =
      new Section<>(
          v -> new TcpSettings(v.get(KEEPALIVE), v.get(USER_TIMEOUT)), KEEPALIVE, USER_TIMEOUT);

  private TcpKeys() {}
}
