package io.loble.bench;

import static java.time.temporal.ChronoUnit.MINUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs what the system properties ask for, prints the tables and writes them to the document. */
public final class Bench {

  private final Settings settings;
  private final Path directory;
  private final List<String> notes = new ArrayList<>();

  private Bench(Settings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    Settings settings;
    List<Row> rows;
    List<World> worlds;
    try {
      settings = Settings.ofProperties();
      rows = rows(settings);
      worlds = World.ALL.stream().filter(world -> settings.names(world.name())).toList();
      settings.peers().forEach(name -> Peer.of(name, settings));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Path directory = Files.createTempDirectory("loble-bench");
    try {
      new Bench(settings, directory).run(rows, worlds);
    } finally {
      delete(directory);
    }
  }

  private static List<Row> rows(Settings settings) {
    List<Row> all =
        List.of(
            new LoadRow(WrkLoad.keepAlive(), settings),
            new LoadRow(WrkLoad.close(), settings),
            new LoadRow(WrkLoad.mebibytes(), settings),
            new LoadRow(WrkLoad.gibibytes(), settings),
            new LoadRow(new IperfLoad(false), settings),
            new LoadRow(new IperfLoad(true), settings),
            new LoadRow(LatencyLoad.plain(), settings),
            new LoadRow(FirstBytesLoad.serverName(), settings),
            new LoadRow(FirstBytesLoad.proxyHeader(), settings),
            new LoadRow(HandshakeLoad.full(), settings),
            new LoadRow(HandshakeLoad.fullWithRsa(), settings),
            new LoadRow(HandshakeLoad.resumed(), settings),
            new LoadRow(WrkLoad.encryptedKeepAlive(), settings),
            new LoadRow(WrkLoad.encryptedMebibytes(), settings),
            new LoadRow(LatencyLoad.encrypted(), settings),
            new LoadRow(WrkLoad.smallRequests(), settings),
            new LoadRow(WrkLoad.requestedMebibytes(), settings),
            new LoadRow(LatencyLoad.requests(), settings),
            new IdleRow(settings),
            new StartRow());
    List<String> names =
        Stream.of(
                all.stream().map(Row::name),
                World.ALL.stream().map(World::name),
                Stream.of(Microbenchmarks.NAME))
            .flatMap(s -> s)
            .toList();
    List<String> unknown = settings.unknown(names);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no row is called " + String.join(", ", unknown) + "; there are " + names);
    }
    return all.stream().filter(row -> settings.wants(row.name())).toList();
  }

  private void run(List<Row> rows, List<World> worlds) throws Exception {
    Document document = new Document(settings.out());
    if (!rows.isEmpty()) {
      show(document, "results", measure(rows));
    }
    if (!worlds.isEmpty()) {
      show(document, Worlds.NAME, measureWorlds(worlds));
    }
    if (settings.wants(Microbenchmarks.NAME)) {
      show(document, Microbenchmarks.NAME, Microbenchmarks.run());
    }
    System.out.println("Written to " + settings.out());
  }

  private static void show(Document document, String part, String text) throws IOException {
    System.out.println("\n" + text);
    document.replace(part, text);
  }

  private String measure(List<Row> rows) {
    List<Peer> peers = peers();
    Rounds rounds = new Rounds(settings, peers, directory);
    List<Result> results = rows.stream().map(rounds::run).toList();
    return Stream.of(
            measured(settings.toString()),
            new TargetTable(results).toString(),
            new ResultTable(results, peers).toString()
                + notes.stream().map(note -> "\n" + note + "\n").collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private String measureWorlds(List<World> worlds) throws Exception {
    String tables = new Worlds(settings, directory).run(worlds);
    return measured(settings.ofWorlds()) + tables;
  }

  /** When, how and on which machine. */
  private String measured(String how) {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(MINUTES);
    return "Measured on " + now + " UTC with `" + how + "`.\n\n" + new Machine(settings, directory);
  }

  /** Those that are there. */
  private List<Peer> peers() {
    List<Peer> present = new ArrayList<>();
    for (String name : settings.peers()) {
      Peer peer = Peer.of(name, settings);
      peer.missing()
          .ifPresentOrElse(
              reason -> notes.add(peer.title() + " was not measured: " + reason + "."),
              () -> present.add(peer));
    }
    return present;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
