package io.loble.config.source;

import io.loble.config.keys.Tables;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the keys of a document that others, which are put over it, win over. */
final class HiddenKeys {

  private final Node.Table document;
  private final Map<Place, HiddenKey> found = new LinkedHashMap<>();

  HiddenKeys(Node.Table document) {
    this.document = document;
  }

  /**
   * Notes what another document, which comes after all that were noted before, wins over.
   *
   * @param kept what is left of this one, without what the other writes in another form
   */
  void under(Node.Table later, Node.Table kept) {
    addRemoved(document, kept, later);
    addReplaced(kept, later);
  }

  /** One for each key, with the last of those that win over it. */
  List<HiddenKey> inOrder() {
    return List.copyOf(found.values());
  }

  private void addRemoved(Node.Table earlier, Node.Table kept, Node.Table later) {
    earlier
        .children()
        .forEach(
            (name, node) -> {
              Node left = kept.children().get(name);
              if (left == null) {
                add(node, otherForm(name, later));
              } else if (node instanceof Node.Table table && left instanceof Node.Table rest) {
                addRemoved(table, rest, later);
              } else if (node instanceof Node.Array array && left instanceof Node.Array rest) {
                array.items().stream()
                    .filter(item -> !rest.items().contains(item))
                    .forEach(item -> add(item, otherForm(name, later)));
              }
            });
  }

  /** What a document says in place of a key that it removes from an earlier one. */
  private static Node otherForm(String removed, Node.Table later) {
    Optional<Node> other =
        switch (removed) {
          case Tables.BACKENDS ->
              later
                  .child(Tables.BACKENDS)
                  .or(() -> later.find(Tables.POOLS, Tables.DEFAULT, Tables.BACKENDS));
          case Tables.LISTENER -> later.child(Tables.LISTENERS);
          case Tables.LISTENERS -> later.child(Tables.LISTENER);
          default -> later.find(Tables.BALANCER, removed);
        };
    return other.orElse(later);
  }

  private void addReplaced(Node.Table kept, Node.Table over) {
    over.children()
        .forEach(
            (name, node) -> {
              Node below = kept.children().get(name);
              if (below instanceof Node.Table table && node instanceof Node.Table other) {
                addReplaced(table, other);
              } else if (below != null) {
                add(below, node);
              }
            });
  }

  private void add(Node hidden, Node by) {
    found.put(hidden.place(), HiddenKey.of(hidden.place(), by.place()));
  }
}
