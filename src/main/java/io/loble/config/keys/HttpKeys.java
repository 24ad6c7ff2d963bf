package io.loble.config.keys;

import io.loble.config.ErrorPage;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.read.Field;
import io.loble.config.read.HttpScalars;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Unwritten;
import io.loble.config.read.Values;
import io.loble.model.Network;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys of a listener, and those of {@code [listeners.http]}, about requests. */
public final class HttpKeys {

  /** What is balanced. */
  enum Mode {
    /** Connections. */
    TCP,
    /** Requests. */
    HTTP
  }

  private static final int KIB = 1024;

  private static final Field<ListenerHttp, Boolean> COMPRESSION =
      Field.optional(
          "compression", Scalars.bool(), ListenerHttp::compression, ListenerHttp.OFF.compression());
  private static final Field<ListenerHttp, Integer> MAX_HEAD =
      Field.optional(
          "max_head",
          HttpScalars.size(KIB, 64 * KIB),
          ListenerHttp::maxHead,
          ListenerHttp.OFF.maxHead());
  private static final Field<ListenerHttp, Integer> MAX_STREAMS =
      Field.optional(
          "max_streams",
          Scalars.between(1, 1000),
          ListenerHttp::maxStreams,
          ListenerHttp.OFF.maxStreams());
  public static final Field<ListenerHttp, Map<Integer, ErrorPage>> ERROR_PAGES =
      Field.optional(
          "error_pages",
          HttpScalars.errorPages(),
          ListenerHttp::errorPages,
          ListenerHttp.OFF.errorPages());

  public static final Section<ListenerHttp> SECTION =
      new Section<>(
          v ->
              new ListenerHttp(
                  false,
                  List.of(),
                  v.get(COMPRESSION),
                  v.get(MAX_HEAD),
                  v.get(MAX_STREAMS),
                  v.get(ERROR_PAGES)),
          COMPRESSION,
          MAX_HEAD,
          MAX_STREAMS,
          ERROR_PAGES);

  static final Field<ListenerConfig, Mode> MODE =
      Field.optional(
          "mode",
          Scalars.choice(Mode.class),
          listener -> listener.http().on() ? Mode.HTTP : Mode.TCP,
          Mode.TCP);
  static final Field<ListenerConfig, List<Network>> TRUSTED_PROXIES =
      Field.optional(
          "trusted_proxies",
          new Unwritten<>(FrontKeys.NETWORKS, ListenerHttp.OFF.trustedProxies()),
          listener -> listener.http().trustedProxies(),
          ListenerHttp.OFF.trustedProxies());

  /** Written where requests are balanced, and only there. */
  public static final Field<ListenerConfig, ListenerHttp> HTTP =
      Field.optional(
          "http",
          new OptionalTable<>(SECTION, ListenerHttp.OFF),
          ListenerConfig::http,
          ListenerHttp.OFF);

  /** Those of the listener. */
  static final List<String> NAMES =
      Stream.of(MODE, TRUSTED_PROXIES, HTTP).map(Field::name).toList();

  private HttpKeys() {}

  static ListenerHttp http(Values<ListenerConfig> v) {
    ListenerHttp table = table(v);
    return new ListenerHttp(
        v.get(MODE) == Mode.HTTP,
        v.get(TRUSTED_PROXIES),
        table.compression(),
        table.maxHead(),
        table.maxStreams(),
        table.errorPages());
  }

  /** What the table says, apart from the keys of the listener itself. */
  static ListenerHttp table(Values<ListenerConfig> v) {
    ListenerHttp table = v.get(HTTP);
    return new ListenerHttp(
        false,
        List.of(),
        table.compression(),
        table.maxHead(),
        table.maxStreams(),
        table.errorPages());
  }
}
