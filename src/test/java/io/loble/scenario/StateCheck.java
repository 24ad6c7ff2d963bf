package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.scenario.ModelConfig.Pool;
import java.util.Map;
import java.util.TreeMap;

/** Compares what a balancer shows with its model. */
final class StateCheck {

  private final Faces faces;
  private final Model model;
  private long lastSnapshot;

  StateCheck(Faces faces, Model model) {
    this.faces = faces;
    this.model = model;
  }

  ShownState shown() {
    return new ShownState(faces.overHttp(Call.of("status")).body());
  }

  /** Everything must be as the model says. */
  void run() {
    ShownState shown = shown();
    assertThat(shown.version()).as("config.version").isEqualTo(model.version());
    assertThat(shown.snapshotVersion()).isGreaterThanOrEqualTo(lastSnapshot);
    lastSnapshot = shown.snapshotVersion();
    ModelConfig expected = model.inForce();
    assertThat(shown.listeners())
        .as("listeners")
        .isEqualTo(shown.expectedListeners(expected.listeners()));
    assertThat(staying(shown.pools(), expected)).as("pools").isEqualTo(shownPools(expected));
    assertThat(ModelDifferences.told(shown.differs()))
        .as("differs")
        .isEqualTo(ModelDifferences.between(model.file(), expected));
    String toml = faces.overBus(Call.of("config.get")).body().getString("toml");
    assertThat(ModelToml.read(toml)).as("config.get").isEqualTo(expected);
  }

  /** Whether nothing is on its way out any more. */
  boolean isSettled() {
    ShownState shown = shown();
    return !shown.hasLeaving() && shown.pools().keySet().equals(model.inForce().pools().keySet());
  }

  private static Map<String, Pool> staying(Map<String, Pool> shown, ModelConfig expected) {
    Map<String, Pool> staying = new TreeMap<>();
    shown.forEach(
        (name, pool) -> {
          Pool known = expected.pools().get(name);
          boolean leaves = pool.algorithm().equals("leaving");
          if (known != null && leaves) {
            staying.put(name, new Pool(known.algorithm(), 0, pool.backends()));
          } else if (!leaves) {
            staying.put(name, pool);
          }
        });
    return staying;
  }

  private static Map<String, Pool> shownPools(ModelConfig config) {
    Map<String, Pool> pools = new TreeMap<>();
    config.pools().forEach((name, p) -> pools.put(name, new Pool(p.algorithm(), 0, p.backends())));
    return pools;
  }
}
