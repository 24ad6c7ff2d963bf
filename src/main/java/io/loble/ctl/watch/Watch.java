package io.loble.ctl.watch;

import io.loble.ctl.answer.StatusAnswer;
import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.AwayException;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.loble.terminal.Colour;
import io.loble.terminal.Paragraph;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The live view: a look at a time, and pages of it, whether the balancer can be reached or not. */
public final class Watch {

  private final AdminClient client;
  private final LongSupplier clock;
  private Optional<Sample> last = Optional.empty();
  private Optional<Rates> rates = Optional.empty();
  private String trouble = "";

  /**
   * @param clock in nanoseconds, which only goes forward
   */
  public Watch(AdminClient client, LongSupplier clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Asks the balancer.
   *
   * @throws CtlException when asking again would be no use
   */
  void look() throws CtlException {
    try {
      StatusAnswer status = StatusAnswer.of(client.object(Request.STATUS));
      Rates now = new Rates(last, new Sample(clock.getAsLong(), status));
      last = Optional.of(now.after());
      rates = Optional.of(now);
      trouble = "";
    } catch (AwayException e) {
      rates = Optional.empty();
      trouble = String.valueOf(e.getMessage());
    }
  }

  /** What was seen last. */
  String page(Layout layout) {
    return rates
        .map(known -> new WatchPage(known, Instant.now(), layout).text())
        .orElseGet(() -> away(layout));
  }

  private String away(Layout layout) {
    StringBuilder page = new StringBuilder();
    Paragraph.lines(trouble, layout.width())
        .forEach(line -> page.append(Colour.RED.paint(line, layout.ansi())).append('\n'));
    return page.append("(trying again)\n").toString();
  }
}
