package io.loble.proxy;

import io.loble.balancer.Pick;
import io.loble.model.Pool;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import io.loble.net.PeerAddress;
import io.loble.tls.HandshakeInfo;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the access log says of a finished connection, as key-value pairs that every format of the
 * log prints.
 *
 * @param choice the backend that was tried last; null when none was
 * @param attempts how many backends were tried
 * @param transport how the process talks to the kernel
 * @param waitedNanos for how long it waited until a backend had room, of the {@code nanos} in all
 * @param introduction what was learnt of the client first; null where nothing had to be
 */
record AccessLine(
    SocketAddress client,
    String listener,
    Pool pool,
    Pick.@Nullable Chosen choice,
    int attempts,
    String transport,
    PumpMode pump,
    long bytesToBackend,
    long bytesToClient,
    long nanos,
    long waitedNanos,
    Ending ending,
    @Nullable Rejection rejection,
    @Nullable Introduction introduction) {

  private static final Logger log = LoggerFactory.getLogger("loble.access");

  void write() {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("client", PeerAddress.text(client))
            .addKeyValue("listener", listener)
            .addKeyValue("pool", pool.name().isEmpty() ? "-" : pool.name())
            .addKeyValue("backend", choice == null ? "-" : choice.backend().name())
            .addKeyValue("why", why())
            .addKeyValue("transport", transport)
            .addKeyValue("pump", pump.label())
            .addKeyValue("bytes_to_backend", bytesToBackend)
            .addKeyValue("bytes_to_client", bytesToClient)
            .addKeyValue("duration_ms", nanos / 1_000_000)
            .addKeyValue("end", rejection == null ? ending.label() : rejection.label());
    LoggingEventBuilder timed = pool.rules().queue().max() > 0 ? withWait(line) : line;
    LoggingEventBuilder whole = introduction == null ? timed : withFirst(timed, introduction);
    whole.log("connection");
  }

  private LoggingEventBuilder withWait(LoggingEventBuilder line) {
    return line.addKeyValue("waited_ms", waitedNanos / 1_000_000);
  }

  private static LoggingEventBuilder withFirst(LoggingEventBuilder line, Introduction known) {
    String sni = known.serverName();
    List<String> alpn = known.alpn();
    LoggingEventBuilder whole = known.tls() == null ? line : withTls(line, known.tls());
    return whole
        .addKeyValue("from", PeerAddress.text(known.from()))
        .addKeyValue("sni", sni == null ? "-" : sni)
        .addKeyValue("alpn", alpn.isEmpty() ? "-" : LogText.printable(String.join(",", alpn)))
        .addKeyValue("route", known.route() == null ? "-" : known.route().index());
  }

  static LoggingEventBuilder withTls(LoggingEventBuilder line, HandshakeInfo agreed) {
    return line.addKeyValue("tls", agreed.version())
        .addKeyValue("cipher", agreed.cipher())
        .addKeyValue("resumed", agreed.resumed())
        .addKeyValue(
            "subject", agreed.peer().map(peer -> LogText.printable(peer.subject())).orElse("-"));
  }

  private String why() {
    return choice == null ? "-" : why(pool, choice, attempts);
  }

  /** Why that backend: the algorithm, or that it was on trial, and after how many others. */
  static String why(Pool pool, Pick.Chosen choice, int attempts) {
    String by = choice.trial() ? "trial" : pool.algorithm().label();
    return attempts > 1 ? by + "+" + (attempts - 1) : by;
  }
}
