package io.loble.proxy;

import io.loble.model.Pool;
import io.loble.net.PeerAddress;
import io.loble.tls.HandshakeInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the access log says of a request that is over: the same as of a connection, and what was
 * asked and answered.
 *
 * @param pool null where none was chosen
 * @param lease the backend that had it last; null when none had
 * @param route that has taken it; null when none has
 * @param attempts how many backends were tried
 * @param path without the query, which may hold secrets
 * @param status 0 when no answer has begun
 * @param ending in one word
 */
public record RequestLine(
    RequestClient client,
    @Nullable Pool pool,
    @Nullable Lease lease,
    @Nullable Route route,
    int attempts,
    long waitedNanos,
    String method,
    String path,
    int status,
    long nanos,
    String ending) {

  private static final int MOST_OF_PATH = 1_000;

  private static final Logger log = LoggerFactory.getLogger("loble.access");

  /**
   * Writes it.
   *
   * @param transport how the process talks to the kernel
   */
  public void write(String transport) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("client", PeerAddress.text(client.address()))
            .addKeyValue("listener", client.listener().name())
            .addKeyValue("pool", pool == null ? "-" : pool.name())
            .addKeyValue("backend", lease == null ? "-" : lease.backend().name())
            .addKeyValue("why", why())
            .addKeyValue("transport", transport)
            .addKeyValue("method", LogText.printable(method))
            .addKeyValue("path", LogText.printable(path, MOST_OF_PATH))
            .addKeyValue("status", status == 0 ? "-" : status)
            .addKeyValue("bytes_to_backend", lease == null ? 0 : lease.bytesToBackend())
            .addKeyValue("bytes_to_client", lease == null ? 0 : lease.bytesToClient())
            .addKeyValue("duration_ms", nanos / 1_000_000)
            .addKeyValue("end", ending);
    LoggingEventBuilder timed = waits() ? withWait(line) : line;
    HandshakeInfo tls = client.tls();
    LoggingEventBuilder whole = tls == null ? timed : withTls(timed, tls);
    whole.addKeyValue("route", route == null ? "-" : route.index()).log("request");
  }

  private String why() {
    if (lease == null) {
      return "-";
    }
    return AccessLine.why(lease.pool(), lease.chosen(), attempts);
  }

  private boolean waits() {
    return pool != null && pool.rules().queue().max() > 0;
  }

  private LoggingEventBuilder withWait(LoggingEventBuilder line) {
    return line.addKeyValue("waited_ms", waitedNanos / 1_000_000);
  }

  private LoggingEventBuilder withTls(LoggingEventBuilder line, HandshakeInfo tls) {
    String sni = client.info().serverName();
    return AccessLine.withTls(line, tls).addKeyValue("sni", sni == null ? "-" : sni);
  }
}
