package io.loble.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the start of a process to the first connection that it accepts, and until it says that it is
 * ready.
 */
record StartRow() implements Row {

  private static final double MIB = 1024 * 1024;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String work() {
    return "a new process, tried every millisecond";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  /** Each starts once unmeasured, so that its files have been read. */
  @Override
  public Trial begin(Path directory, List<Peer> peers) throws Exception {
    Starts starts = new Starts(directory, EchoServer.start());
    for (Peer peer : peers) {
      starts.measure(peer);
    }
    return starts;
  }

  private record Starts(Path directory, EchoServer echo) implements Trial {

    @Override
    public Sample measure(Peer peer) throws Exception {
      int port = Ports.free();
      long start = System.nanoTime();
      try (Server server =
          Server.of(port, peer.launch(directory, port, echo.port(), Reads.NOTHING))) {
        double millis = millisSince(start);
        double cpu = ProcStat.cpuSeconds(server.pids());
        Sample sample = new Sample(Map.of(Metric.START, millis, Metric.CPU_START, cpu));
        return peer.awaitReady(server) ? ready(sample, start, server) : sample;
      }
    }

    private static Sample ready(Sample sample, long start, Server server) throws IOException {
      return sample
          .with(Metric.READY, millisSince(start))
          .with(Metric.RESIDENT, ProcStat.residentBytes(server.pids()) / MIB);
    }

    private static double millisSince(long nanos) {
      return (System.nanoTime() - nanos) / 1e6;
    }

    @Override
    public void close() {
      echo.close();
    }
  }
}
