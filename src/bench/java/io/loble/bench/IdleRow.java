package io.loble.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections that say nothing, through a process that was started for them. */
record IdleRow(Settings settings) implements Row {

  /**
   * Before the growth is measured, as many connections as later stay open have come and gone, a
   * part of them at a time: what is left of the start does not count, what each takes does.
   */
  private static final int PARTS = 10;

  private static final long SETTLE_MILLIS = 500;
  private static final double KIB = 1024;
  private static final double MIB = 1024 * KIB;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String work() {
    return "%,d connections that echoed one byte and then say nothing"
        .formatted(settings.connections());
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Trial begin(Path directory, List<Peer> peers) {
    return new Fresh(directory);
  }

  private final class Fresh implements Trial {

    private final Path directory;

    Fresh(Path directory) {
      this.directory = directory;
    }

    @Override
    public Sample measure(Peer peer) throws Exception {
      try (EchoServer echo = EchoServer.start();
          Server server = peer.start(directory, echo.port(), Reads.NOTHING)) {
        warmUp(server.port());
        Optional<JvmMemory> before = jvm(peer, server);
        long residentBefore = ProcStat.residentBytes(server.pids());
        try (IdleConnections idle = IdleConnections.open(server.port(), settings.connections())) {
          Map<Metric, Double> figures = hold(server);
          long resident = ProcStat.residentBytes(server.pids());
          double count = idle.channels().size();
          figures.put(Metric.RESIDENT, resident / MIB);
          figures.put(Metric.RESIDENT_GROWTH, (resident - residentBefore) / KIB / count);
          if (before.isPresent()) {
            JvmMemory after = jvm(peer, server).orElseThrow();
            double heap = after.liveBytes() - before.get().liveBytes();
            double outside = after.nativeBytes() - before.get().nativeBytes();
            figures.put(Metric.LIVE_GROWTH, (heap + outside) / KIB / count);
            figures.put(Metric.LIVE_HEAP_GROWTH, heap / KIB / count);
          }
          return new Sample(figures);
        }
      }
    }

    private void warmUp(int port) throws Exception {
      for (int i = 0; i < PARTS; i++) {
        IdleConnections.open(port, Math.max(1, settings.connections() / PARTS)).close();
      }
      Thread.sleep(SETTLE_MILLIS);
    }

    /** What it costs that they are there. */
    private Map<Metric, Double> hold(Server server) throws Exception {
      Thread.sleep(SETTLE_MILLIS);
      double before = ProcStat.cpuSeconds(server.pids());
      long start = System.nanoTime();
      Thread.sleep(settings.seconds() * 1_000L);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = ProcStat.cpuSeconds(server.pids()) - before;
      Map<Metric, Double> figures = new EnumMap<>(Metric.class);
      figures.put(Metric.CPU_SECOND, cpu / seconds);
      return figures;
    }

    private Optional<JvmMemory> jvm(Peer peer, Server server) throws Exception {
      return peer instanceof LoblePeer && Files.exists(Tools.jdk("jcmd"))
          ? JvmMemory.of(directory, server.child().pid())
          : Optional.empty();
    }

    @Override
    public void close() {
      // Each process ended with its measurement.
    }
  }
}
