package io.loble.config.keys;

import io.loble.config.ListenerConfig;
import io.loble.config.SocketSettings;
import io.loble.config.read.Field;
import io.loble.config.read.Scalars;
import io.loble.config.read.Values;
import io.loble.model.Bandwidth;
import io.loble.model.FileMode;
import java.util.Optional;

/** The keys of a listener that are about its socket. */
final class SocketKeys {

  static final Field<ListenerConfig, Integer> BACKLOG =
      Field.optional(
          "backlog",
          Scalars.between(1, SocketSettings.MAX_BACKLOG),
          listener -> listener.socket().backlog(),
          SocketSettings.DEFAULT.backlog());
  static final Field<ListenerConfig, Boolean> V6ONLY =
      Field.optional(
          "v6only",
          Scalars.bool(),
          listener -> listener.socket().v6only(),
          SocketSettings.DEFAULT.v6only());

  static final Field<ListenerConfig, Bandwidth> BANDWIDTH =
      Field.optional(
          "bandwidth",
          Scalars.parsed(
              "a size per second of at most 64GiB/s, or \"\" for none, such as \"10MiB/s\"",
              SocketKeys::bandwidth),
          listener -> listener.socket().bandwidth(),
          SocketSettings.DEFAULT.bandwidth());

  static final Field<ListenerConfig, FileMode> MODE =
      Field.optional(
          "socket_mode",
          Scalars.fileMode(),
          listener -> listener.socket().mode(),
          SocketSettings.DEFAULT.mode());

  private SocketKeys() {}

  static SocketSettings of(Values<ListenerConfig> values) {
    return new SocketSettings(
        values.get(BACKLOG), values.get(V6ONLY), values.get(BANDWIDTH), values.get(MODE));
  }

  private static Optional<Bandwidth> bandwidth(String text) {
    try {
      return Optional.of(Bandwidth.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
