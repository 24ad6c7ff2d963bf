package io.loble.model;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of a pool's backends have said. Written on the context of health; every other
 * method may be called from any thread, and none locks.
 */
public final class DiscoveryStats {

  private volatile Map<Source, OfSource> sources = Map.of();

  /** One source. */
  public static final class OfSource {

    private final Map<Discovered.State, LongAdder> answers = new EnumMap<>(Discovered.State.class);
    private final LongAdder changes = new LongAdder();
    private volatile Discovered now;
    private volatile long awaitedUntilNanos;
    private volatile boolean awaited;
    private volatile boolean known;

    private OfSource(Discovered now) {
      this.now = now;
      for (Discovered.State state : Discovered.State.values()) {
        answers.put(state, new LongAdder());
      }
    }

    /** What it says now. */
    public Discovered now() {
      return now;
    }

    /** It says that from now on. */
    public void say(Discovered what) {
      now = what;
      known |= what.state().isGood() || what.state() == Discovered.State.NOT_FOUND;
    }

    /** It has answered once more. */
    public void count(Discovered.State answer) {
      answers(answer).increment();
    }

    /** How many answers of a kind it gave. */
    public long total(Discovered.State answer) {
      return answers(answer).sum();
    }

    private LongAdder answers(Discovered.State answer) {
      LongAdder adder = answers.get(answer);
      if (adder == null) {
        throw new IllegalArgumentException(answer.label());
      }
      return adder;
    }

    /** Its backends have changed. */
    public void countChange() {
      changes.increment();
    }

    /** How often its backends have changed. */
    public long changes() {
      return changes.sum();
    }

    /**
     * The process is not ready before it has said who is there, but for so long only.
     *
     * @param untilNanos as {@link System#nanoTime} has it
     */
    public void awaitUntil(long untilNanos) {
      awaitedUntilNanos = untilNanos;
      awaited = true;
    }

    private boolean isAwaited(long nowNanos) {
      return awaited && !known && nowNanos - awaitedUntilNanos < 0;
    }
  }

  /** A source that is asked from now on; what it has counted before goes on. */
  public OfSource begin(Source source, String what) {
    OfSource before = sources.get(source);
    OfSource entry = new OfSource(Discovered.waiting(source, what));
    if (before != null && before.now().what().equals(what)) {
      entry = before;
    }
    Map<Source, OfSource> next = new EnumMap<>(Source.class);
    next.putAll(sources);
    next.put(source, entry);
    sources = Collections.unmodifiableMap(next);
    return entry;
  }

  /** All sources but these are not asked any more. */
  public void keepOnly(Set<Source> asked) {
    Map<Source, OfSource> next = new EnumMap<>(Source.class);
    next.putAll(sources);
    next.keySet().retainAll(asked);
    sources = Collections.unmodifiableMap(next);
  }

  /** What is known of a source; null where it is not asked. */
  public @Nullable OfSource of(Source source) {
    return sources.get(source);
  }

  /** All sources, the one that has precedence first. */
  public Collection<OfSource> all() {
    return List.copyOf(sources.values());
  }

  /** Whether the process should wait for the first answer of one before it takes clients. */
  public boolean isAwaited(long nowNanos) {
    return sources.values().stream().anyMatch(source -> source.isAwaited(nowNanos));
  }
}
