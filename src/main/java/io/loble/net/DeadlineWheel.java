package io.loble.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All deadlines of one event loop, in a hashed timing wheel (G. Varghese and T. Lauck, "Hashed and
 * Hierarchical Timing Wheels", 1987, scheme 6): setting, moving and clearing a deadline costs the
 * same however many there are, and allocates nothing.
 *
 * <p>Time is counted in ticks. A deadline is never early, and late by less than two ticks as long
 * as the event loop is on time.
 */
public final class DeadlineWheel<E extends DeadlineWheel.Entry> {

  /** The length of a tick. */
  public static final long TICK_MILLIS = 50;

  /** A deadline that never comes; the entry is kept, so that {@link #entries} finds it. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int SLOTS = 512;

  private final Entry[] slots = new Entry[SLOTS];
  private final Entry parked = new Entry();
  private final Entry expiring = new Entry();
  private final Consumer<E> expired;
  private long now;
  private int size;

  /**
   * A wheel that stands at tick 0.
   *
   * @param expired is given each entry whose deadline has come, when it is no longer in the wheel
   */
  public DeadlineWheel(Consumer<E> expired) {
    this.expired = expired;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Entry();
    }
  }

  /** What has a deadline: a link of the wheel's lists. */
  public static class Entry {
    private Entry previous = this;
    private Entry next = this;
    private long due = NEVER;
    private boolean scheduled;
  }

  /** The current tick. */
  public long now() {
    return now;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** The first tick at which so much time has surely passed, counted from now. */
  public long after(long millis) {
    return now + 1 + (millis + TICK_MILLIS - 1) / TICK_MILLIS;
  }

  /**
   * Sets or moves the deadline of an entry. One that is not in the future comes at the next tick.
   */
  public void schedule(E entry, long due) {
    Entry node = entry;
    unlink(node);
    node.due = Math.max(due, now + 1);
    node.scheduled = true;
    size++;
    link(node.due == NEVER ? parked : slots[(int) (node.due & (SLOTS - 1))], node);
  }

  /** Takes an entry out; does nothing when it is not in. */
  public void remove(E entry) {
    unlink(entry);
  }

  /** Moves on to that tick, and hands out what has become due on the way. */
  public void advanceTo(long tick) {
    if (tick - now >= SLOTS) {
      // Every slot is passed at least once: once is enough, with the clock at the end.
      long start = tick - SLOTS;
      now = Math.max(now, start);
    }
    while (now < tick) {
      now++;
      expire(slots[(int) (now & (SLOTS - 1))]);
    }
  }

  /** All entries, as they are now. */
  public List<E> entries() {
    List<E> all = new ArrayList<>(size);
    collect(parked, all);
    collect(expiring, all);
    for (Entry slot : slots) {
      collect(slot, all);
    }
    return all;
  }

  private void expire(Entry slot) {
    Entry entry = slot.next;
    while (entry != slot) {
      Entry following = entry.next;
      if (entry.due <= now) {
        detach(entry);
        link(expiring, entry);
      }
      entry = following;
    }
    // What is due stands in a list of its own, so that a callback may change any other entry. What
    // a callback that throws leaves behind is handed out at the next tick.
    while (expiring.next != expiring) {
      Entry first = expiring.next;
      unlink(first);
      expired.accept(cast(first));
    }
  }

  private void collect(Entry slot, List<E> all) {
    for (Entry entry = slot.next; entry != slot; entry = entry.next) {
      all.add(cast(entry));
    }
  }

  private void link(Entry slot, Entry entry) {
    entry.previous = slot.previous;
    entry.next = slot;
    slot.previous.next = entry;
    slot.previous = entry;
  }

  private void unlink(Entry entry) {
    if (entry.scheduled) {
      detach(entry);
      entry.scheduled = false;
      size--;
    }
  }

  private static void detach(Entry entry) {
    entry.previous.next = entry.next;
    entry.next.previous = entry.previous;
    entry.previous = entry;
    entry.next = entry;
  }

  @SuppressWarnings("unchecked") // schedule() lets nothing but E into the lists
  private E cast(Entry entry) {
    return (E) entry;
  }
}
