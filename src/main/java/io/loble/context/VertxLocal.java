package io.loble.context;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * A value that exists once per Vert.x instance, as a {@link ThreadLocal} exists once per thread.
 * Declared as a constant beside the class that it belongs to, so that only code that sees the
 * constant reaches the value.
 *
 * <p>A value stays as long as its Vert.x instance. One that is keyed by names that change, such as
 * those of listeners, is a map, and its owner removes what is gone. May be used from any thread.
 *
 * @param <T> the type of the value, which must be safe for use from any thread
 */
public final class VertxLocal<T> {

  private static final String MAP = "loble.context";
  private static final String KEY = "values";

  private final String name;
  private final Supplier<? extends T> initial;

  private VertxLocal(String name, Supplier<? extends T> initial) {
    this.name = name;
    this.initial = initial;
  }

  /** The values of one Vert.x instance. */
  private static final class Values extends ConcurrentHashMap<VertxLocal<?>, Object>
      implements Shareable {

    private static final long serialVersionUID = 1L;
  }

  /**
   * A value of its own for each Vert.x instance.
   *
   * @param name as {@link #sizes} shows it
   * @param initial makes the value when it is first asked for; without side effects, since of two
   *     threads that ask at the same time each may make one, and one of the two is dropped
   */
  public static <T> VertxLocal<T> of(String name, Supplier<? extends T> initial) {
    return new VertxLocal<>(name, initial);
  }

  /** A map of its own for each Vert.x instance, empty at first. */
  public static <K, V> VertxLocal<ConcurrentMap<K, V>> map(String name) {
    return of(name, ConcurrentHashMap::new);
  }

  /** The value of a Vert.x instance: the same for every caller. */
  @SuppressWarnings("unchecked") // Only this method puts something under this key.
  public T get(Vertx vertx) {
    Values values = values(vertx);
    Object present = values.get(this);
    if (present == null) {
      Object made = initial.get();
      Object before = values.putIfAbsent(this, made);
      present = before == null ? made : before;
    }
    return (T) present;
  }

  private static Values values(Vertx vertx) {
    LocalMap<String, Values> map = vertx.sharedData().getLocalMap(MAP);
    Values known = map.get(KEY);
    return known == null ? map.computeIfAbsent(KEY, key -> new Values()) : known;
  }

  /**
   * How many entries the values of a Vert.x instance have, by the names of the values; 1 for one
   * that is not a collection. What grows here for ever is a leak.
   */
  public static Map<String, Integer> sizes(Vertx vertx) {
    Map<String, Integer> sizes = new TreeMap<>();
    values(vertx).forEach((local, value) -> sizes.merge(local.name, size(value), Integer::sum));
    return sizes;
  }

  private static int size(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return value instanceof Collection<?> collection ? collection.size() : 1;
  }
}
