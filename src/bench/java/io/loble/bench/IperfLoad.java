package io.loble.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fixed number of bytes on one connection by iperf3.
 *
 * @param download whether the server sends
 */
record IperfLoad(boolean download) implements Load {

  /** Sent for each second that a measurement should take. */
  private static final long BYTES_PER_SECOND = 1L << 30;

  private static final int ATTEMPTS = 3;
  private static final long PAUSE_MILLIS = 200;

  @Override
  public String name() {
    return download ? "bulk-download" : "bulk-upload";
  }

  @Override
  public String work() {
    return "iperf3, 1 connection, the " + (download ? "server" : "client") + " sends";
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing("iperf3");
  }

  @Override
  public Server backend(Path parent) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent, "iperf");
    int port = Ports.free();
    List<String> command =
        List.of(Tools.path("iperf3"), "-s", "-B", "127.0.0.1", "-p", Integer.toString(port));
    return Server.of(port, Child.start(directory, command));
  }

  /** Its server takes one client at a time, and may still be at the end of the last. */
  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    JsonObject report = new JsonObject();
    for (int refused = 0; refused < ATTEMPTS; refused++) {
      Thread.sleep(PAUSE_MILLIS);
      report = new JsonObject(Child.run(directory, 60 * seconds, command(port, seconds)));
      JsonObject received = report.getJsonObject("end").getJsonObject("sum_received");
      if (received != null) {
        return work(received, refused);
      }
    }
    throw new IOException("iperf3: " + report.getString("error"));
  }

  private List<String> command(int port, int seconds) {
    List<String> command =
        new ArrayList<>(
            List.of(Tools.path("iperf3"), "-c", "127.0.0.1", "-p", Integer.toString(port), "-J"));
    command.addAll(List.of("-n", Long.toString(seconds * BYTES_PER_SECOND)));
    if (download) {
      command.add("-R");
    }
    return command;
  }

  private static Work work(JsonObject received, long refused) {
    double gigabytes = received.getDouble("bytes") / 1e9;
    double perSecond = gigabytes / received.getDouble("seconds");
    return new Work(
        new Sample(Map.of(Metric.THROUGHPUT, perSecond), refused), Metric.CPU_GIGABYTE, gigabytes);
  }
}
