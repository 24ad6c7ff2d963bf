package io.loble.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a balancer must be like after all that it was told, worked out anew from docs/control.md.
 */
final class Model {

  private static final int KEPT = 20;

  private final NavigableMap<Long, ModelConfig> versions = new TreeMap<>();
  private ModelConfig file;

  Model(ModelConfig start) {
    this.file = start;
    versions.put(1L, start);
  }

  /** What the file said last. */
  ModelConfig file() {
    return file;
  }

  ModelConfig inForce() {
    return versions.lastEntry().getValue();
  }

  long version() {
    return versions.lastKey();
  }

  /** The versions that can be gone back to. */
  List<Long> kept() {
    return new ArrayList<>(versions.keySet());
  }

  Optional<ModelConfig> find(long version) {
    return Optional.ofNullable(versions.get(version));
  }

  /** The version before the one in force. */
  Optional<ModelConfig> previous() {
    return Optional.ofNullable(versions.lowerEntry(version())).map(entry -> entry.getValue());
  }

  /** What comes of another file; empty when it cannot be had with what was changed at run time. */
  Optional<ModelConfig> merged(ModelConfig next) {
    return Optional.of(new ModelMerge(file, next).of(inForce())).filter(ModelConfig::isValid);
  }

  void loaded(ModelConfig next) {
    file = next;
  }

  void inForce(long version, ModelConfig config) {
    versions.put(version, config);
    if (versions.size() > KEPT) {
      versions.pollFirstEntry();
    }
  }
}
