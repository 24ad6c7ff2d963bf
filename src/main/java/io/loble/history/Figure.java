package io.loble.history;

import io.loble.model.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One figure that is kept.
 *
 * @param name as callers see it
 * @param unit what it is counted in: {@code connections}, {@code backends}, {@code 1/s}, {@code
 *     B/s} or {@code ms}
 * @param value what it is worth for some time that was observed; NaN where there is nothing to say
 * @param always whether it is shown where there is nothing to say of all the time that is shown
 */
record Figure(String name, String unit, ToDoubleFunction<Amounts> value, boolean always) {

  private static final String EACH_SECOND = "1/s";
  private static final double MEDIAN = 0.5;
  private static final double NEARLY_ALL = 0.99;

  private static final Figure ACTIVE = new Figure("active", "connections", Amounts::active);
  private static final Figure ACCEPTED = rate("accepted", EACH_SECOND, Amounts.ACCEPTED);
  private static final Figure CONNECTIONS = rate("connections", EACH_SECOND, Amounts.CONNECTIONS);
  private static final Figure USABLE = new Figure("usable", "backends", Amounts::usable);
  private static final Figure BACKENDS = new Figure("backends", "backends", Amounts::backends);

  /** What there is of every backend, alone or with others. */
  private static final List<Figure> TRAFFIC =
      List.of(
          rate("failures", EACH_SECOND, Amounts.FAILURES),
          rate("bytes_to_backend", "B/s", Amounts.BYTES_TO_BACKEND),
          rate("bytes_to_client", "B/s", Amounts.BYTES_TO_CLIENT),
          new Figure("connect_p50", "ms", a -> a.connects().quantileMillis(MEDIAN)),
          new Figure("connect_p99", "ms", a -> a.connects().quantileMillis(NEARLY_ALL)));

  /** What there is where requests are balanced. */
  private static final List<Figure> REQUESTS =
      List.of(
          ofRequests("requests", EACH_SECOND, a -> a.rate(Amounts.REQUESTS)),
          ofRequests("requests_5xx", EACH_SECOND, a -> a.rate(Amounts.FAILED_REQUESTS)),
          ofRequests("request_p50", "ms", a -> a.requests().quantileMillis(MEDIAN)),
          ofRequests("request_p99", "ms", a -> a.requests().quantileMillis(NEARLY_ALL)));

  private static final List<Figure> REJECTED =
      Arrays.stream(Rejection.values()).map(Figure::rejected).toList();

  private static final List<Figure> LAGS =
      List.of(
          new Figure("loop_lag_mean", "ms", a -> a.lags().meanMillis()),
          new Figure("loop_lag_p99", "ms", a -> a.lags().quantileMillis(NEARLY_ALL)));

  /** What is kept of the process. */
  static final List<Figure> OF_PROCESS =
      joined(
          Stream.of(
              List.of(ACTIVE, ACCEPTED),
              REJECTED,
              TRAFFIC,
              REQUESTS,
              LAGS,
              List.of(USABLE, BACKENDS)));

  /** What is kept of a listener. */
  static final List<Figure> OF_LISTENER =
      joined(Stream.of(List.of(ACTIVE, ACCEPTED), REJECTED, REQUESTS));

  /** What is kept of a pool. */
  static final List<Figure> OF_POOL =
      joined(Stream.of(List.of(ACTIVE, CONNECTIONS), TRAFFIC, REQUESTS, List.of(USABLE, BACKENDS)));

  /** What is kept of a backend. */
  static final List<Figure> OF_BACKEND =
      joined(Stream.of(List.of(ACTIVE, CONNECTIONS), TRAFFIC, REQUESTS, List.of(USABLE)));

  Figure(String name, String unit, ToDoubleFunction<Amounts> value) {
    this(name, unit, value, true);
  }

  private static Figure ofRequests(String name, String unit, ToDoubleFunction<Amounts> value) {
    return new Figure(
        name, unit, a -> a.balancesRequests() ? value.applyAsDouble(a) : Double.NaN, false);
  }

  private static Figure rate(String name, String unit, int counter) {
    return new Figure(name, unit, amounts -> amounts.rate(counter));
  }

  private static Figure rejected(Rejection reason) {
    return rate("rejected_" + reason.label(), EACH_SECOND, Amounts.rejected(reason));
  }

  private static List<Figure> joined(Stream<List<Figure>> parts) {
    return parts.flatMap(List::stream).toList();
  }
}
