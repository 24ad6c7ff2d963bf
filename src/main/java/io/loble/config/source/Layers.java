package io.loble.config.source;

import io.loble.config.keys.Tables;
import io.loble.config.read.Node;

/**
 * Puts a document over an earlier one: tables are merged key by key, any other value replaces the
 * earlier one. A shorthand and what it is short for count as one key.
 */
final class Layers {

  private Layers() {}

  static Node.Table over(Node.Table earlier, Node.Table later) {
    return keptUnder(earlier, later).merge(later);
  }

  /** What is left of the earlier document, without what the later one writes in another form. */
  static Node.Table keptUnder(Node.Table earlier, Node.Table later) {
    Node.Table kept = earlier;
    if (later.child(Tables.BACKENDS).isPresent()) {
      kept = kept.without(Tables.POOLS, Tables.DEFAULT, Tables.BACKENDS);
    }
    if (later.find(Tables.POOLS, Tables.DEFAULT, Tables.BACKENDS).isPresent()) {
      kept = kept.without(Tables.BACKENDS);
    }
    if (later.child(Tables.LISTENER).isPresent()) {
      kept = withoutDefaultListener(kept);
    }
    if (later.child(Tables.LISTENERS).filter(Layers::hasDefaultListener).isPresent()) {
      kept = kept.without(Tables.LISTENER);
    }
    return kept;
  }

  private static Node.Table withoutDefaultListener(Node.Table table) {
    return table
        .child(Tables.LISTENERS)
        .filter(Layers::hasDefaultListener)
        .map(Node.Array.class::cast)
        .map(
            all ->
                new Node.Array(
                    all.place(), all.items().stream().filter(n -> !isDefault(n)).toList()))
        .map(others -> table.with(Tables.LISTENERS, others))
        .orElse(table);
  }

  private static boolean hasDefaultListener(Node listeners) {
    return listeners instanceof Node.Array array
        && array.items().stream().anyMatch(Layers::isDefault);
  }

  private static boolean isDefault(Node listener) {
    return listener instanceof Node.Table table
        && table.children().get("name") instanceof Node.Scalar name
        && Tables.DEFAULT.equals(name.value());
  }
}
