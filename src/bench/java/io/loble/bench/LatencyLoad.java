package io.loble.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Requests at a fixed rate, whatever the answers do. */
record LatencyLoad() implements Load {

  private static final int PER_SECOND = 6_000;
  private static final int CONNECTIONS = 60;

  /** What is not counted of each run. */
  private static final int DISCARDED_SECONDS = 1;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String work() {
    return "%,d requests/s at fixed times, over %d connections kept alive"
        .formatted(PER_SECOND, CONNECTIONS);
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing("nginx");
  }

  @Override
  public Server backend(Path directory) throws IOException, InterruptedException {
    return HttpBackend.start(directory);
  }

  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    FixedRateClient client = new FixedRateClient(port, PER_SECOND, CONNECTIONS);
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
