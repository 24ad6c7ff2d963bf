package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Peers under load, each in a process that stays for all the rounds. */
record LoadRow(Load load, Settings settings) implements Row {

  private static final long SETTLE_MILLIS = 500;

  @Override
  public String name() {
    return load.name();
  }

  @Override
  public String work() {
    return load.work();
  }

  @Override
  public Optional<String> missing() {
    return load.missing();
  }

  @Override
  public Trial begin(Path directory, List<Peer> peers) throws Exception {
    Running running = new Running(directory);
    try {
      running.start(peers);
      return running;
    } catch (Exception e) {
      running.close();
      throw e;
    }
  }

  private final class Running implements Trial {

    private final Path directory;
    private final Map<Peer, Server> servers = new HashMap<>();
    private final List<Backend> all = new ArrayList<>();

    Running(Path directory) {
      this.directory = directory;
    }

    void start(List<Peer> peers) throws Exception {
      Backend backend = load.backend(directory);
      all.add(backend);
      for (Peer peer : peers) {
        Server server = peer.start(directory, backend.port(), load.reads());
        all.add(server);
        servers.put(peer, server);
        // The backend has to be done with the connection that found out whether it listens.
        Thread.sleep(SETTLE_MILLIS);
        warmUp(peer, server);
      }
    }

    private void warmUp(Peer peer, Server server) throws Exception {
      System.out.printf("  %s warms up%n", peer.title());
      long end = System.nanoTime() + SECONDS.toNanos(settings.warmup());
      try {
        while (System.nanoTime() < end) {
          load.run(directory, server.port(), settings.seconds());
        }
      } catch (IOException e) {
        throw new IOException("while " + peer.title() + " warms up: " + e.getMessage(), e);
      }
    }

    @Override
    public Sample measure(Peer peer) throws Exception {
      Server server = servers.get(peer);
      if (server == null) {
        throw new IllegalArgumentException(peer.name() + " was not started");
      }
      double before = ProcStat.cpuSeconds(server.pids());
      Load.Work work = load.run(directory, server.port(), settings.seconds());
      double cpu = ProcStat.cpuSeconds(server.pids()) - before;
      return work.sample().with(work.cpu(), cpu / work.units());
    }

    @Override
    public void close() {
      all.forEach(Backend::close);
    }
  }
}
