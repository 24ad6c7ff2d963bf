package io.loble.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Ways to choose among backends, side by side in worlds in which it matters. */
final class Worlds {

  static final String NAME = "worlds";

  /** Not that of any round. */
  private static final long WARM_UP_SEED = -1;

  private final Settings settings;
  private final Path directory;
  private final Set<String> notes = new LinkedHashSet<>();

  Worlds(Settings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /** Measures in each of them, and returns the tables. */
  String run(List<World> worlds) throws Exception {
    StringBuilder text = new StringBuilder();
    for (World world : worlds) {
      System.out.printf("%n%s: %s%n", world.name(), world.title());
      text.append('\n').append(measure(world));
    }
    return text
        + (notes.isEmpty() ? "" : "\n")
        + notes.stream().map(note -> "- " + note + "\n").collect(Collectors.joining());
  }

  private WorldTable measure(World world) throws Exception {
    Map<Chooser, Server> running = new LinkedHashMap<>();
    try (WorldBackends backends = WorldBackends.start(world)) {
      for (String name : settings.choosers()) {
        start(Chooser.of(name, settings), backends, running);
      }
      for (Server server : running.values()) {
        warmUp(world, backends, server);
      }
      return new WorldTable(world, rounds(world, backends, running));
    } finally {
      running.values().forEach(Server::close);
    }
  }

  /** Unless it cannot be, which is noted. */
  private void start(Chooser chooser, WorldBackends backends, Map<Chooser, Server> running)
      throws InterruptedException {
    String left = chooser.title() + " was not measured: ";
    if (chooser.missing().isPresent()) {
      note(left + chooser.missing().get());
      return;
    }
    try {
      running.put(chooser, chooser.start(directory, backends.ports()));
    } catch (IOException e) {
      note(left + String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")));
    }
  }

  private void note(String note) {
    if (notes.add(note)) {
      System.out.println("  " + note);
    }
  }

  /** While there is nothing to tell the backends apart by. */
  private void warmUp(World world, WorldBackends backends, Server server) throws Exception {
    if (settings.warmup() > 0) {
      SplittableRandom random = new SplittableRandom(WARM_UP_SEED);
      backends.beginAsUsual(random.split());
      List<Arrival> arrivals = Arrival.of(random, world.perSecond(), settings.warmup());
      new ArrivingClients(server.port(), arrivals).run(settings.warmup());
    }
  }

  private Map<Chooser, List<WorldSample>> rounds(
      World world, WorldBackends backends, Map<Chooser, Server> running) throws Exception {
    Map<Chooser, List<WorldSample>> samples = new LinkedHashMap<>();
    running.keySet().forEach(chooser -> samples.put(chooser, new ArrayList<>()));
    for (int round = 0; round < settings.rounds(); round++) {
      for (Map.Entry<Chooser, Server> next : Rounds.order(List.copyOf(running.entrySet()), round)) {
        Chooser chooser = next.getKey();
        try {
          WorldSample sample = measure(world, backends, next.getValue(), round);
          samples.computeIfAbsent(chooser, added -> new ArrayList<>()).add(sample);
          System.out.printf("  %d %-55s %s%n", round + 1, chooser.title(), sample);
        } catch (IOException e) {
          note(chooser.title() + " failed in a round of " + world.name() + ": " + e.getMessage());
        }
      }
    }
    return samples;
  }

  /** In a round, the same clients come to all, at the same times. */
  private WorldSample measure(World world, WorldBackends backends, Server server, int round)
      throws Exception {
    SplittableRandom random = new SplittableRandom(round);
    backends.begin(random.split(), settings.seconds());
    List<Arrival> arrivals = Arrival.of(random, world.perSecond(), settings.seconds());
    ArrivingClients.Outcome outcome =
        new ArrivingClients(server.port(), arrivals).run(settings.seconds());
    return WorldSample.of(outcome, arrivals.size(), backends.shares());
  }
}
