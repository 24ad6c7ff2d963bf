package io.loble.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run, from the system properties {@code bench.*}.
 *
 * @param rows names of rows, or groups of them ("bulk"), or "all"
 * @param peers names of the proxies
 * @param rounds how often every peer is measured
 * @param seconds how long one measurement loads a peer
 * @param warmup for at least how many seconds each peer does a row's work before the first round
 * @param connections how many idle connections are opened
 * @param jvm further flags for Loble's JVM
 * @param choosers which algorithms the rows "worlds" compare
 * @param out the document that gets the results
 * @param jar the packaged Loble
 * @param before another one, which the peer "loble-before" is
 * @param image the Dockerfile whose entry point is measured instead, or nothing
 */
record Settings(
    List<String> rows,
    List<String> peers,
    int rounds,
    int seconds,
    int warmup,
    int connections,
    List<String> jvm,
    List<String> choosers,
    Path out,
    Path jar,
    Path before,
    String image) {

  private static final Pattern SEPARATOR = Pattern.compile("[, ]+");

  /** Short for the rows that compare Loble with its peers, and the microbenchmarks. */
  private static final String ALL = "all";

  static Settings ofProperties() {
    return new Settings(
        list("bench.rows", ALL),
        list("bench.peers", "loble,haproxy,haproxy-splice,nginx"),
        number("bench.rounds", 5),
        number("bench.seconds", 5),
        number("bench.warmup", 12),
        number("bench.connections", 4_000),
        words("bench.jvm"),
        wantedChoosers(),
        Path.of(System.getProperty("bench.out", "docs/benchmarks.md")).toAbsolutePath(),
        Path.of(System.getProperty("loble.jar", "target/loble-fat.jar")).toAbsolutePath(),
        Path.of(System.getProperty("bench.before", "")).toAbsolutePath(),
        System.getProperty("bench.image", ""));
  }

  /** Whether a row was asked for, by its name or by the first part of it. */
  boolean wants(String row) {
    return rows.stream().anyMatch(wanted -> isOf(wanted, row));
  }

  /** Whether a row was asked for by more than "all". */
  boolean names(String row) {
    return rows.stream().anyMatch(wanted -> !wanted.equals(ALL) && isOf(wanted, row));
  }

  /** Of what was asked for, what none of these rows is. */
  List<String> unknown(List<String> known) {
    return rows.stream()
        .filter(wanted -> known.stream().noneMatch(row -> isOf(wanted, row)))
        .toList();
  }

  private static boolean isOf(String wanted, String row) {
    return wanted.equals(ALL) || wanted.equals(row) || row.startsWith(wanted + "-");
  }

  private static List<String> list(String property, String otherwise) {
    return split(SEPARATOR, System.getProperty(property, otherwise));
  }

  private static List<String> wantedChoosers() {
    List<String> named = list("bench.choosers", "");
    return named.isEmpty() ? Chooser.ALL : named.stream().distinct().toList();
  }

  /** Flags may hold commas. */
  private static List<String> words(String property) {
    return split(Pattern.compile("\\s+"), System.getProperty(property, ""));
  }

  private static List<String> split(Pattern separator, String text) {
    return separator.splitAsStream(text).filter(part -> !part.isEmpty()).toList();
  }

  private static int number(String property, int otherwise) {
    int value = Integer.getInteger(property, otherwise);
    if (value < (property.equals("bench.warmup") ? 0 : 1)) {
      throw new IllegalArgumentException(property + "=" + value + " is too small");
    }
    return value;
  }

  /** How the packaged Loble is started, up to its own arguments. */
  List<String> launcher() {
    return launcher(jar);
  }

  /** How a Loble is started, up to its own arguments. */
  List<String> launcher(Path program) {
    if (!image.isEmpty()) {
      return EntryPoint.of(Path.of(image));
    }
    List<String> command = new ArrayList<>(List.of(Tools.jdk("java").toString()));
    command.addAll(jvm);
    command.addAll(List.of("-jar", program.toString()));
    return command;
  }

  /** As one would pass them again. */
  @Override
  public String toString() {
    return properties(
        "rows=" + String.join(",", rows),
        "peers=" + String.join(",", peers),
        "rounds=" + rounds,
        "seconds=" + seconds,
        "warmup=" + warmup,
        "connections=" + connections,
        image.isEmpty() ? "" : "image=" + image);
  }

  /** As one would pass those again that matter to the rows "worlds". */
  String ofWorlds() {
    return properties(
        "rows=" + String.join(",", rows),
        choosers.equals(Chooser.ALL) ? "" : "choosers=" + String.join(",", choosers),
        "rounds=" + rounds,
        "seconds=" + seconds,
        "warmup=" + warmup,
        image.isEmpty() ? "" : "image=" + image);
  }

  private static String properties(String... settings) {
    return Stream.of(settings)
        .filter(setting -> !setting.isEmpty())
        .map("-Dbench."::concat)
        .collect(Collectors.joining(" "));
  }
}
