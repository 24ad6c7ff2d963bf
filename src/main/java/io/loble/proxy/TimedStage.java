package io.loble.proxy;

/**
 * A stage that has a deadline of its own, before the connection as a whole has to end. Silence does
 * not end the connection meanwhile: the deadline does.
 */
abstract class TimedStage extends Stage {

  private final Exchange exchange;
  private final LoopEnvironment loop;

  TimedStage(Exchange exchange, LoopEnvironment loop) {
    this.exchange = exchange;
    this.loop = loop;
  }

  /** The session. */
  final Exchange exchange() {
    return exchange;
  }

  /** The tick until which the stage may last; {@code DeadlineWheel.NEVER} for as long as it may. */
  abstract long end();

  /** The stage has lasted until {@link #end}. */
  abstract void timedOut();

  /** The connection has to end whatever it does. */
  abstract void cut(Ending how);

  @Override
  final long due() {
    return Math.min(exchange.lifetime().latest(), end());
  }

  @Override
  final void expired() {
    Ending over = exchange.lifetime().over(false);
    if (over == Ending.DRAIN_CUT || over == Ending.MAX_DURATION) {
      cut(over);
    } else if (loop.now() >= end()) {
      timedOut();
    } else {
      exchange.reschedule();
    }
  }
}
