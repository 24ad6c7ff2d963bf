package io.loble.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Requests at a fixed rate, whatever the answers do.
 *
 * @param reads whether the proxies decrypt them, or balance them one by one
 */
record LatencyLoad(String name, Reads reads) implements Load {

  private static final int PER_SECOND = 6_000;
  private static final int CONNECTIONS = 60;

  /** What is not counted of each run. */
  private static final int DISCARDED_SECONDS = 1;

  static LatencyLoad plain() {
    return new LatencyLoad("latency", Reads.NOTHING);
  }

  static LatencyLoad encrypted() {
    return new LatencyLoad("tls-p99", Reads.TLS);
  }

  static LatencyLoad requests() {
    return new LatencyLoad("http-p99", Reads.REQUESTS);
  }

  @Override
  public String work() {
    return "%,d requests/s at fixed times, over %d connections kept alive%s"
        .formatted(PER_SECOND, CONNECTIONS, manner());
  }

  private String manner() {
    return switch (reads) {
      case TLS -> ", over TLS";
      case REQUESTS -> ", by request";
      default -> "";
    };
  }

  @Override
  public Optional<String> missing() {
    return reads.decrypts()
        ? Tools.missing("nginx", TlsFiles.PROGRAM).or(TlsClient::missing)
        : Tools.missing("nginx");
  }

  @Override
  public Server backend(Path directory) throws IOException, InterruptedException {
    return HttpBackend.start(directory);
  }

  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    return reads.decrypts() ? runEncrypted(port, seconds) : run(port, seconds, Transport.PLAIN);
  }

  private static Work runEncrypted(int port, int seconds) throws Exception {
    try (TlsClient tls = new TlsClient(port, false)) {
      Work work = run(port, seconds, tls);
      tls.check();
      return work;
    }
  }

  private static Work run(int port, int seconds, Transport transport) throws Exception {
    FixedRateClient client = new FixedRateClient(port, PER_SECOND, CONNECTIONS, transport);
    Histogram nanos = client.run(DISCARDED_SECONDS, seconds);
    Map<Metric, Double> figures =
        Map.of(
            Metric.RATE, (double) nanos.getTotalCount() / seconds,
            Metric.P50, nanos.getValueAtPercentile(50) / 1e3,
            Metric.P99, nanos.getValueAtPercentile(99) / 1e3,
            Metric.P999, nanos.getValueAtPercentile(99.9) / 1e3,
            Metric.MAX, nanos.getMaxValue() / 1e3);
    // The proxy works during the discarded seconds too.
    return new Work(new Sample(figures), Metric.CPU_SECOND, seconds + DISCARDED_SECONDS);
  }
}
