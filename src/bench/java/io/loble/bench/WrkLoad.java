package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP requests by wrk, each connection sending its next one when the last is answered.
 *
 * @param options what wrk is told beyond for how long and where
 * @param kind what is counted
 * @param reads whether the proxies decrypt the requests, or balance them one by one
 */
record WrkLoad(String name, String work, List<String> options, String path, Kind kind, Reads reads)
    implements Load {

  /** What counts. */
  enum Kind {
    REQUESTS,
    CONNECTIONS,
    BYTES
  }

  /** Exact figures, where wrk's own report rounds. */
  private static final String SCRIPT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("DONE %d %d %d %d\\n", summary.requests, summary.bytes,
          summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
      end
      """;

  private static final Pattern DONE = Pattern.compile("DONE (\\d+) (\\d+) (\\d+) (\\d+)");

  static WrkLoad keepAlive() {
    return new WrkLoad(
        "keepalive",
        "wrk, 100 connections kept alive, 64-byte answers",
        List.of("-t1", "-c100"),
        HttpBackend.SMALL,
        Kind.REQUESTS,
        Reads.NOTHING);
  }

  static WrkLoad close() {
    return new WrkLoad(
        "close",
        "wrk, 100 at a time, a new connection for each 64-byte answer",
        List.of("-t1", "-c100", "-H", "Connection: close"),
        HttpBackend.SMALL,
        Kind.CONNECTIONS,
        Reads.NOTHING);
  }

  static WrkLoad mebibytes() {
    return new WrkLoad(
        "bulk-1MiB",
        "wrk, 8 connections, answers of 1 MiB",
        List.of("-t1", "-c8"),
        HttpBackend.MEBIBYTE,
        Kind.BYTES,
        Reads.NOTHING);
  }

  static WrkLoad gibibytes() {
    return new WrkLoad(
        "bulk-1GiB",
        "wrk, 2 connections, answers of 1 GiB",
        List.of("-t1", "-c2"),
        HttpBackend.GIBIBYTE,
        Kind.BYTES,
        Reads.NOTHING);
  }

  static WrkLoad encryptedKeepAlive() {
    return keepAlive().encrypted("tls-keepalive");
  }

  static WrkLoad encryptedMebibytes() {
    return mebibytes().encrypted("tls-bulk");
  }

  static WrkLoad smallRequests() {
    return keepAlive().asRequests("http-keepalive");
  }

  static WrkLoad requestedMebibytes() {
    return mebibytes().asRequests("http-1MiB");
  }

  private WrkLoad encrypted(String other) {
    return new WrkLoad(other, work + ", over TLS", options, path, kind, Reads.TLS);
  }

  private WrkLoad asRequests(String other) {
    return new WrkLoad(other, work + ", by request", options, path, kind, Reads.REQUESTS);
  }

  @Override
  public Optional<String> missing() {
    return reads.decrypts()
        ? Tools.missing("wrk", "nginx", TlsFiles.PROGRAM)
        : Tools.missing("wrk", "nginx");
  }

  @Override
  public Server backend(Path directory) throws IOException, InterruptedException {
    return HttpBackend.start(directory);
  }

  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    Path script = Files.writeString(directory.resolve("wrk.lua"), SCRIPT);
    List<String> command = new ArrayList<>();
    if (reads.decrypts()) {
      command.addAll(OpenSslConf.prefix(directory));
    }
    command.add(Tools.path("wrk"));
    command.addAll(options);
    command.addAll(List.of("-d" + seconds + "s", "--timeout", "60s", "-s", script.toString()));
    command.add((reads.decrypts() ? "https" : "http") + "://127.0.0.1:" + port + path);
    String report = Child.run(directory, seconds + 30, command);
    Matcher done = DONE.matcher(report);
    if (!done.find()) {
      throw new IOException("wrk reports nothing:\n" + report);
    }
    return work(done);
  }

  private Work work(MatchResult done) {
    double requests = Long.parseLong(done.group(1));
    double bytes = Long.parseLong(done.group(2));
    double seconds = Long.parseLong(done.group(3)) / 1e6;
    long errors = Long.parseLong(done.group(4));
    return switch (kind) {
      case REQUESTS ->
          new Work(
              new Sample(Map.of(Metric.REQUESTS, requests / seconds), errors),
              Metric.CPU_MILLION_REQUESTS,
              requests / 1e6);
      case CONNECTIONS ->
          new Work(
              new Sample(Map.of(Metric.CONNECTIONS, requests / seconds), errors),
              Metric.CPU_CONNECTIONS,
              requests / 1e5);
      case BYTES ->
          new Work(
              new Sample(Map.of(Metric.THROUGHPUT, bytes / 1e9 / seconds), errors),
              Metric.CPU_GIGABYTE,
              bytes / 1e9);
    };
  }
}
