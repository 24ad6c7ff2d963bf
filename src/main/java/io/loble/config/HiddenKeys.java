package io.loble.config;

import java.util.ArrayList;
import java.util.List;

/** Finds the keys of one document that another, which is put over it, wins over. */
final class HiddenKeys {

  private final Node.Table later;
  private final List<HiddenKey> found = new ArrayList<>();

  private HiddenKeys(Node.Table later) {
    this.later = later;
  }

  static List<HiddenKey> of(Node.Table earlier, Node.Table later) {
    HiddenKeys keys = new HiddenKeys(later);
    Node.Table kept = Layers.keptUnder(earlier, later);
    keys.addRemoved(earlier, kept);
    keys.addReplaced(kept, later);
    return keys.found;
  }

  /** What was written in the other of two forms. */
  private void addRemoved(Node.Table earlier, Node.Table kept) {
    earlier
        .children()
        .forEach(
            (name, node) -> {
              Node left = kept.children().get(name);
              if (left == null) {
                found.add(HiddenKey.of(node.place(), later.place()));
              } else if (node instanceof Node.Table table && left instanceof Node.Table rest) {
                addRemoved(table, rest);
              } else if (node instanceof Node.Array array && left instanceof Node.Array rest) {
                array.items().stream()
                    .filter(item -> !rest.items().contains(item))
                    .forEach(item -> found.add(HiddenKey.of(item.place(), later.place())));
              }
            });
  }

  private void addReplaced(Node.Table kept, Node.Table over) {
    over.children()
        .forEach(
            (name, node) -> {
              Node below = kept.children().get(name);
              if (below instanceof Node.Table table && node instanceof Node.Table other) {
                addReplaced(table, other);
              } else if (below != null) {
                found.add(HiddenKey.of(below.place(), node.place()));
              }
            });
  }
}
