package io.loble.demo;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A key, what it does, and how that is called. */
record Key(char character, String label, Consumer<Demo> effect) {

  static final List<Key> ALL =
      List.of(
          new Key('k', "kill or start it", Demo::killOrStart),
          new Key('s', "slow it down", Demo::slow),
          new Key('c', "drop one in five connections", Demo::chaos),
          new Key('d', "drain it or make it ready", Demo::drainOrReady),
          new Key('+', "more weight", demo -> demo.weight(1)),
          new Key('-', "less weight", demo -> demo.weight(-1)),
          new Key('a', "next algorithm", Demo::nextAlgorithm));

  /** What that character does; nothing if it is no key. */
  static Optional<Consumer<Demo>> effect(int character, int servers) {
    int index = character - '1';
    if (index >= 0 && index < servers) {
      return Optional.of(demo -> demo.choose(index));
    }
    return ALL.stream()
        .filter(key -> key.character() == Character.toLowerCase(character))
        .map(Key::effect)
        .findFirst();
  }
}
