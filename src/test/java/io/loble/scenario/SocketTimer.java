package io.loble.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux will do next for one end of a connection on this machine, as {@code ss -o} tells. */
public final class SocketTimer {

  private static final Pattern KEEPALIVE =
      Pattern.compile("timer:\\(keepalive,(?:(\\d+)min)?(?:([\\d.]+)sec)?(?:(\\d+)ms)?,");

  private SocketTimer() {}

  /**
   * In how many seconds the other end is asked next whether it is there; empty when it is not to be
   * asked.
   *
   * @param local the port of the end that asks
   * @param remote the port of the end that is asked
   */
  public static Optional<Double> keepalive(int local, int remote) {
    String filter = "( sport = :" + local + " and dport = :" + remote + " )";
    String line =
        Program.run(
            Path.of("."), List.of(Peers.path("ss"), "-Htno", "state", "established", filter));
    if (line.isBlank()) {
      throw new AssertionError("no connection from port " + local + " to " + remote);
    }
    Matcher timer = KEEPALIVE.matcher(line);
    return timer.find() ? Optional.of(seconds(timer)) : Optional.empty();
  }

  private static double seconds(Matcher timer) {
    return 60 * number(timer.group(1)) + number(timer.group(2)) + number(timer.group(3)) / 1000;
  }

  private static double number(String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }
}
