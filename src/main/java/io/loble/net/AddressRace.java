package io.loble.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one of several addresses of a name: they are tried in order, the next one as soon as
 * one has failed, or beside it when it has not answered for a while; the first that connects wins,
 * and the others are given up (RFC 8305, section 5). A name one of whose addresses is dead is thus
 * as good as the others are.
 *
 * <p>Belongs to one thread, on which everything is called and calls back. Each attempt is to have a
 * deadline of its own; the race is lost when the last has failed.
 *
 * @param <C> a connection
 */
public final class AddressRace<C> {

  /** The Connection Attempt Delay that RFC 8305 recommends. */
  static final long DELAY_MILLIS = 250;

  /** Something that can be called off. */
  @FunctionalInterface
  public interface Cancel {
    void cancel();
  }

  /** How connections are made. */
  public interface Dialer<C> {

    /** Begins to connect; one of the two is called once, also after it was called off. */
    Cancel dial(InetSocketAddress address, Consumer<C> connected, Consumer<Throwable> failed);

    /** Closes a connection that came too late. */
    void dispose(C connection);
  }

  /** Calls back after a while. */
  @FunctionalInterface
  public interface Timer {
    Cancel after(long millis, Runnable action);
  }

  private final Dialer<C> dialer;
  private final Timer timer;
  private final Consumer<C> won;
  private final Consumer<Throwable> lost;
  private final Queue<InetSocketAddress> left;
  private final long delayMillis;
  private final List<Cancel> underWay = new ArrayList<>(2);
  private Cancel wait = () -> {};
  private int pending;
  private @Nullable Throwable failure;
  private boolean over;

  /**
   * @param addresses at least one
   * @param timeout what all attempts have together; where it is short, the next address is tried
   *     sooner, so that time is left for the last
   * @param lost gets the first failure that says something about the other end, if there is one
   */
  public AddressRace(
      Collection<InetSocketAddress> addresses,
      Duration timeout,
      Dialer<C> dialer,
      Timer timer,
      Consumer<C> won,
      Consumer<Throwable> lost) {
    this.left = new ArrayDeque<>(addresses);
    this.delayMillis = Math.max(1, Math.min(DELAY_MILLIS, timeout.toMillis() / addresses.size()));
    this.dialer = dialer;
    this.timer = timer;
    this.won = won;
    this.lost = lost;
  }

  /** Begins with the first address. */
  public void start() {
    next();
  }

  /** Gives all attempts up; nothing is called any more. */
  public void cancel() {
    over = true;
    callOff();
  }

  private void next() {
    InetSocketAddress address = left.poll();
    if (over || address == null) {
      return;
    }
    pending++;
    underWay.add(dialer.dial(address, this::connected, this::failed));
    if (!over && !left.isEmpty()) {
      wait.cancel();
      wait = timer.after(delayMillis, this::next);
    }
  }

  private void connected(C connection) {
    if (over) {
      dialer.dispose(connection);
      return;
    }
    over = true;
    callOff();
    won.accept(connection);
  }

  private void failed(Throwable cause) {
    pending--;
    if (over) {
      return;
    }
    if (failure == null || (!blames(failure) && blames(cause))) {
      failure = cause;
    }
    if (!left.isEmpty()) {
      next();
    } else if (pending == 0) {
      over = true;
      lost.accept(failure);
    }
  }

  private void callOff() {
    wait.cancel();
    List.copyOf(underWay).forEach(Cancel::cancel);
    underWay.clear();
  }

  private static boolean blames(Throwable failure) {
    return ConnectError.of(failure).reason().blamesBackend();
  }
}
