package io.loble.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The latest versions of the configuration, the newest last. Immutable. */
final class VersionHistory {

  /** How many versions are kept. */
  static final int KEPT = 20;

  private final List<ConfigVersion> versions;

  private VersionHistory(List<ConfigVersion> versions) {
    this.versions = List.copyOf(versions);
  }

  static VersionHistory startingWith(ConfigVersion first) {
    return new VersionHistory(List.of(first));
  }

  VersionHistory with(ConfigVersion next) {
    List<ConfigVersion> all = new ArrayList<>(versions);
    all.add(next);
    return new VersionHistory(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  /** The one in force. */
  ConfigVersion current() {
    return versions.get(versions.size() - 1);
  }

  /** The one before the one in force. */
  Optional<ConfigVersion> previous() {
    return versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 2));
  }

  Optional<ConfigVersion> find(long number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  List<ConfigVersion> newestFirst() {
    List<ConfigVersion> all = new ArrayList<>(versions);
    Collections.reverse(all);
    return all;
  }
}
