package io.loble.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A connect from one of several addresses of this machine: from the next one where an address is
 * not there, or has no port left, until all were tried.
 */
public final class SourcedDial implements Dial, DialEvents {

  private final Transport transport;
  private final InetSocketAddress target;
  private final List<InetAddress> sources;
  private final long endNanos;
  private final DialEvents events;
  private int next;
  private final StreamKind kind;
  private int left;
  private InetAddress source;
  private Dial dial = () -> {};
  private boolean cancelled;

  private SourcedDial(
      Transport transport,
      InetSocketAddress target,
      List<InetAddress> sources,
      int first,
      DialOptions options,
      DialEvents events) {
    this.transport = transport;
    this.target = target;
    this.sources = sources;
    this.endNanos = System.nanoTime() + options.timeout().toNanos();
    this.kind = options.kind();
    this.events = events;
    this.next = first;
    this.left = sources.size();
    this.source = sources.get(first);
  }

  /**
   * Connects, as {@link Transport#dial} does.
   *
   * @param sources of the target's family; at least one
   * @param first the index of the one that is tried first
   * @param options whose address to come from does not count
   */
  public static Dial start(
      Transport transport,
      InetSocketAddress target,
      List<InetAddress> sources,
      int first,
      DialOptions options,
      DialEvents events) {
    SourcedDial begun = new SourcedDial(transport, target, sources, first, options, events);
    begun.attempt();
    return begun;
  }

  private void attempt() {
    source = sources.get(next);
    next = (next + 1) % sources.size();
    left--;
    Duration timeout = Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    dial = transport.dial(target, new DialOptions(source, timeout, kind), this);
  }

  @Override
  public void connected(Stream stream) {
    events.connected(stream);
  }

  @Override
  public void connectFailed(Throwable cause) {
    if (!SourceException.isCalledFor(cause)) {
      events.connectFailed(cause);
    } else if (left == 0 || cancelled) {
      events.connectFailed(new SourceException(source, cause));
    } else {
      attempt();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    dial.cancel();
  }
}
