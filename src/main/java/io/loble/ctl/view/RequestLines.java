package io.loble.ctl.view;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.RequestsAnswer;
import io.loble.ctl.answer.StatusAnswer;
import java.util.Locale;

/** What the status says of requests: a line for each listener and pool that balances them. */
final class RequestLines {

  private final StringBuilder lines = new StringBuilder();

  private RequestLines() {}

  /** Nothing where there are only connections. */
  static String of(StatusAnswer status) {
    RequestLines all = new RequestLines();
    status
        .listeners()
        .forEach(l -> l.requests().ifPresent(asked -> all.add("listener " + l.name(), asked)));
    status
        .pools()
        .forEach(p -> p.requests().ifPresent(asked -> all.add("pool " + p.name(), asked)));
    return all.lines.isEmpty() ? "" : "\n" + all.lines;
  }

  private void add(String owner, RequestsAnswer requests) {
    lines.append(
        "requests of %s: %d%s%s\n"
            .formatted(owner, requests.total(), codes(requests), times(requests)));
  }

  private static String codes(RequestsAnswer requests) {
    return requests.codes().isEmpty()
        ? ""
        : requests.codes().entrySet().stream()
            .map(code -> name(code.getKey()) + " " + code.getValue())
            .collect(joining(", ", " (", ")"));
  }

  private static String name(String code) {
    return code.equals("none") ? "no status" : code;
  }

  private static String times(RequestsAnswer requests) {
    return requests.medianMillis().isEmpty() || requests.nearlyAllMillis().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            ", half within %.1f ms, 99 %% within %.1f ms",
            requests.medianMillis().get(),
            requests.nearlyAllMillis().get());
  }
}
