package io.loble.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All backends of a world. */
final class WorldBackends implements AutoCloseable {

  private final List<WorkerBackend> all = new ArrayList<>();

  private WorldBackends() {}

  static WorldBackends start(World world) throws Exception {
    WorldBackends backends = new WorldBackends();
    try {
      backends.add(world.first());
      while (backends.all.size() < World.BACKENDS) {
        backends.add(world.others());
      }
      return backends;
    } catch (Exception e) {
      backends.close();
      throw e;
    }
  }

  private void add(Service service) throws Exception {
    all.add(WorkerBackend.start(World.WORKERS, service));
  }

  List<Integer> ports() {
    return all.stream().map(Backend::port).toList();
  }

  void beginAsUsual(SplittableRandom random) throws Exception {
    for (WorkerBackend backend : all) {
      backend.beginAsUsual(random.split());
    }
  }

  void begin(SplittableRandom random, int seconds) throws Exception {
    for (WorkerBackend backend : all) {
      backend.begin(random.split(), seconds);
    }
  }

  /** Which part of the clients that came since it began each of them got. */
  List<Double> shares() throws Exception {
    List<Long> clients = new ArrayList<>();
    for (WorkerBackend backend : all) {
      clients.add(backend.clients());
    }
    double sum = Math.max(1, clients.stream().mapToLong(Long::longValue).sum());
    return clients.stream().map(count -> count / sum).toList();
  }

  @Override
  public void close() {
    all.forEach(Backend::close);
  }
}
