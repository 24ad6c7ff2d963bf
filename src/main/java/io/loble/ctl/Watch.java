package io.loble.ctl;

import io.loble.terminal.Colour;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Help.Ansi;

/** The live view: one page a look, whether the balancer can be reached or not. */
final class Watch implements Look {

  private final AdminClient client;
  private final Ansi ansi;
  private final LongSupplier clock;
  private Optional<Sample> last = Optional.empty();

  /**
   * @param clock in nanoseconds, which only goes forward
   */
  Watch(AdminClient client, Ansi ansi, LongSupplier clock) {
    this.client = client;
    this.ansi = ansi;
    this.clock = clock;
  }

  @Override
  public String next() throws CtlException {
    try {
      StatusAnswer status = StatusAnswer.of(client.object(StatusCommand.REQUEST));
      Rates rates = new Rates(last, new Sample(clock.getAsLong(), status));
      last = Optional.of(rates.after());
      return new WatchPage(rates, ansi).text();
    } catch (AwayException e) {
      return Colour.RED.paint(String.valueOf(e.getMessage()), ansi) + "\n(trying again)\n";
    }
  }
}
