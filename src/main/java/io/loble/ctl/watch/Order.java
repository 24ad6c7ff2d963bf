package io.loble.ctl.watch;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.PoolAnswer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In which order the backends of a pool are listed. Those that are equal stay as configured. */
public enum Order {
  CONFIGURED('o'),
  NAME('n'),
  STATE('s'),
  ACTIVE('a'),
  NEW('c'),
  FAILED('f'),
  BYTES('b');

  private static final List<String> WORST_FIRST =
      List.of(
          "unhealthy",
          "ejected",
          "circuit_open",
          "half_open",
          "draining",
          "maintenance",
          "warming",
          "healthy");

  private final char key;

  Order(char key) {
    this.key = key;
  }

  /** The order that a key stands for. */
  static Optional<Order> of(int key) {
    return Stream.of(values()).filter(order -> order.key == key).findFirst();
  }

  /** All of them with their keys, in a line. */
  static String keys() {
    return Arrays.stream(values())
        .map(order -> order.key + " " + order)
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What comes first has the smallest name, the worst state, or the most of something. */
  List<BackendAnswer> sorted(PoolAnswer pool, Rates rates) {
    return comparator(pool.name(), rates)
        .map(order -> pool.backends().stream().sorted(order).toList())
        .orElseGet(pool::backends);
  }

  private Optional<Comparator<BackendAnswer>> comparator(String pool, Rates rates) {
    return switch (this) {
      case CONFIGURED -> Optional.empty();
      case NAME -> Optional.of(Comparator.comparing(BackendAnswer::name));
      case STATE ->
          Optional.of(Comparator.comparingInt(backend -> WORST_FIRST.indexOf(backend.state())));
      case ACTIVE -> Optional.of(Comparator.comparingLong(BackendAnswer::active).reversed());
      case NEW -> Optional.of(fastest(pool, rates, BackendAnswer::total));
      case FAILED -> Optional.of(fastest(pool, rates, BackendAnswer::failures));
      case BYTES -> Optional.of(fastest(pool, rates, b -> b.bytesToBackend() + b.bytesToClient()));
    };
  }

  private static Comparator<BackendAnswer> fastest(
      String pool, Rates rates, ToLongFunction<BackendAnswer> counter) {
    return Comparator.comparingDouble(
            (BackendAnswer backend) -> rates.of(pool, backend, counter).orElse(0))
        .reversed();
  }
}
