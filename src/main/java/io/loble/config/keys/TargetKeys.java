package io.loble.config.keys;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.read.JsonDocument;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is in a file of targets: backends with the keys of {@code [[backends]]}, and groups of
 * targets as Prometheus has them in {@code file_sd}.
 */
public final class TargetKeys {

  /** How many there may be in a file. */
  public static final int MOST = 10_000;

  private static final String TARGETS = "targets";
  private static final String LABELS = "labels";

  private static final TableList<BackendConfig> BACKENDS =
      new TableList<>(PoolKeys.BACKEND, List.of(PoolKeys.ADDRESS, PoolKeys.NAME));

  private final Problems problems = new Problems();
  private final List<Node> backends = new ArrayList<>();

  private TargetKeys() {}

  /**
   * The backends in their order.
   *
   * @param source what errors call the file
   * @throws ConfigException with everything that is wrong; errors name elements by their number,
   *     from 0
   */
  public static List<BackendConfig> read(String source, JsonArray json) throws ConfigException {
    Node.Array all = JsonDocument.read(Place.of(source), json);
    TargetKeys targets = new TargetKeys();
    targets.checkSize(all, all.items().size());
    all.items().forEach(targets::add);
    targets.checkSize(all, targets.backends.size());
    Node.Array backends = new Node.Array(all.place(), targets.backends);
    Optional<List<BackendConfig>> read = BACKENDS.read(backends, null, targets.problems);
    targets.problems.throwIfAny();
    return read.orElseThrow();
  }

  /** Before there can be as many errors. */
  private void checkSize(Node.Array all, int size) throws ConfigException {
    if (size > MOST) {
      problems.add(all.place(), "has more than " + MOST + " targets");
      problems.throwIfAny();
    }
  }

  private void add(Node node) {
    if (!(node instanceof Node.Table table)) {
      problems.unexpected(node, "a table with an address, or with targets");
    } else if (isGroup(table)) {
      addGroup(table);
    } else {
      backends.add(table);
    }
  }

  private static boolean isGroup(Node.Table table) {
    return table.child(TARGETS).isPresent() && table.child(PoolKeys.ADDRESS.name()).isEmpty();
  }

  private void addGroup(Node.Table group) {
    Section.reportUnknown(group, List.of(TARGETS, LABELS), problems);
    group.child(LABELS).ifPresent(this::checkLabels);
    Optional<Node> targets = group.child(TARGETS);
    if (targets.isPresent() && targets.get() instanceof Node.Array array) {
      array.items().forEach(this::addTarget);
    } else {
      targets.ifPresent(
          node -> problems.unexpected(node, "an array of addresses, such as [\"10.0.0.1:8080\"]"));
    }
  }

  /** Of no use here, but what is no group of Prometheus is a mistake. */
  private void checkLabels(Node labels) {
    boolean none = labels instanceof Node.Scalar scalar && scalar.value() == null;
    if (!(labels instanceof Node.Table) && !none) {
      problems.unexpected(labels, "a table of labels");
    }
  }

  private void addTarget(Node target) {
    backends.add(new Node.Table(target.place(), Map.of(PoolKeys.ADDRESS.name(), target)));
  }
}
