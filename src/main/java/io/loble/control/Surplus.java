package io.loble.control;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many connections a backend has above its share.
 *
 * @param active how many it has
 * @param share how many it would have if all in rotation had as many as their weight says
 * @param closing how many are to be closed
 */
record Surplus(Backend backend, int active, int share, int closing) {

  private static final int ALL = 100;

  /**
   * The backends of a pool that are in rotation.
   *
   * @param percent how many of a backend's connections may be closed at the most
   */
  static List<Surplus> of(Pool pool, int percent) {
    List<Backend> backends = pool.inRotation();
    List<Integer> active =
        backends.stream().map(backend -> backend.stats().admission().active()).toList();
    double all = active.stream().mapToLong(count -> count).sum();
    double weights = backends.stream().mapToInt(Backend::weight).sum();
    return IntStream.range(0, backends.size())
        .mapToObj(i -> of(backends.get(i), active.get(i), all / weights, percent))
        .toList();
  }

  private static Surplus of(Backend backend, int active, double each, int percent) {
    int share = (int) Math.ceil(each * backend.weight());
    int allowed = (int) ((long) active * percent / ALL);
    return new Surplus(backend, active, share, Math.max(0, Math.min(active - share, allowed)));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("name", backend.name())
        .put("active", active)
        .put("share", share)
        .put("closing", closing);
  }
}
