package io.loble.play;

import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.model.HostPort;
import io.loble.sim.Settings;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.server.ServerBehaviour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads one step, which its {@code do} names. */
final class StepReader {

  private static final int FIRST_ERROR = 400;
  private static final int LAST_ERROR = 599;

  private interface Reading {
    Optional<? extends Step> read(TableReader step, Cast cast);
  }

  private static final Map<String, Reading> STEPS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("start", server(ServerStep.Action.START)),
              Map.entry("stop", server(ServerStep.Action.STOP)),
              Map.entry("kill", server(ServerStep.Action.KILL)),
              Map.entry("set", StepReader::set),
              Map.entry("targets", StepReader::targets),
              Map.entry("wait", StepReader::pause),
              Map.entry("mark", StepReader::mark),
              Map.entry("clients", StepReader::clients),
              Map.entry("stop_clients", endClients(true)),
              Map.entry("await_clients", endClients(false)),
              Map.entry("command", StepReader::command)));

  private StepReader() {}

  /** The step; empty, after noting what is wrong with it, when something is. */
  static Optional<? extends Step> read(TableReader step, Cast cast) {
    String name = step.read("do", Settings.TEXT).orElse("");
    if (name.equals("expect")) {
      return ExpectReader.read(step, cast);
    }
    Reading reading = STEPS.get(name);
    if (reading == null) {
      step.error("do", "must be one of " + String.join(", ", STEPS.keySet()) + ", expect");
      return Optional.empty();
    }
    return reading.read(step, cast);
  }

  private static Reading server(ServerStep.Action action) {
    return (step, cast) ->
        serverOf(knowing(step, "server"), cast).map(id -> new ServerStep(action, id));
  }

  private static Optional<Step> set(TableReader step, Cast cast) {
    Optional<String> server = serverOf(knowing(step, "server", "settings"), cast);
    JsonObject settings = required(step, "settings");
    Optional<?> right = Nested.read(step, "settings", () -> ServerBehaviour.change(settings));
    return right.flatMap(ignored -> server.map(id -> new SetStep(id, settings)));
  }

  private static Optional<Step> targets(TableReader step, Cast cast) {
    if (!(knowing(step, "servers").values().getValue("servers") instanceof JsonArray named)) {
      step.error("servers", "must be an array of servers, such as [\"server-1\"]");
      return Optional.empty();
    }
    List<String> servers = named.stream().map(String::valueOf).toList();
    servers.stream()
        .filter(server -> !cast.servers().contains(server))
        .forEach(server -> step.error("servers", unknown(server, "known", cast.servers())));
    return Optional.of(new TargetsStep(servers));
  }

  private static Optional<Step> pause(TableReader step, Cast cast) {
    Optional<Duration> time = knowing(step, "for").read("for", Settings.DURATION);
    if (!step.has("for")) {
      step.error("for", "is missing; a duration such as \"2s\"");
    }
    return time.map(WaitStep::new);
  }

  private static Optional<Step> mark(TableReader step, Cast cast) {
    knowing(step);
    return Optional.of(new MarkStep());
  }

  private static Optional<Step> clients(TableReader step, Cast cast) {
    String name =
        knowing(step, "name", "listener", "settings").read("name", Settings.TEXT).orElse("clients");
    JsonObject settings =
        new JsonObject().put("seed", cast.seed()).mergeIn(required(step, "settings"));
    if (settings.containsKey("target")) {
      step.error("settings.target", "is the balancer; name another listener as \"listener\"");
    }
    if (!cast.addClients(name, settings.containsKey("duration"))) {
      step.error("name", "\"" + name + "\" is taken; clients need a name of their own");
    }
    String anywhere = new HostPort("127.0.0.1", 1).toString();
    return Nested.read(
            step,
            "settings",
            () -> ClientSettings.fromJson(settings.copy().put("target", anywhere)))
        .map(right -> new StartClientsStep(name, listener(step), settings));
  }

  private static Optional<String> listener(TableReader step) {
    return step.read("listener", Settings.TEXT);
  }

  private static Reading endClients(boolean stop) {
    return (step, cast) -> {
      String name = knowing(step, "clients").read("clients", Settings.TEXT).orElse("clients");
      if (!cast.clients().contains(name)) {
        step.error("clients", unknown(name, "started before", cast.clients()));
        return Optional.empty();
      }
      if (!stop && !cast.endsByItself(name)) {
        step.error(
            "clients",
            "\""
                + name
                + "\" have no duration and would never end; give them one, or stop_clients");
      }
      return Optional.of(new EndClientsStep(name, stop));
    };
  }

  private static Optional<Step> command(TableReader step, Cast cast) {
    OptionalInt refused =
        knowing(step, "send", "refused")
            .read("refused", Scalars.between(FIRST_ERROR, LAST_ERROR))
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty);
    JsonObject command = required(step, "send");
    if (!(command.getValue("command") instanceof String)) {
      step.error("send.command", "is missing; what the event bus takes, such as \"status\"");
    }
    return Optional.of(new CommandStep(command, refused));
  }

  private static Optional<String> serverOf(TableReader step, Cast cast) {
    String id = step.read("server", Settings.TEXT).orElse("");
    if (!cast.servers().contains(id)) {
      step.error("server", unknown(id, "known", cast.servers()));
      return Optional.empty();
    }
    return Optional.of(id);
  }

  private static JsonObject required(TableReader step, String key) {
    if (!step.has(key)) {
      step.error(key, "is missing; an object");
    }
    return step.table(key).map(TableReader::values).orElseGet(JsonObject::new);
  }

  static String unknown(String name, String what, List<String> known) {
    return "\"" + name + "\" is not there; " + what + ": " + String.join(", ", known);
  }

  /** Complains of keys that no such step has. */
  static TableReader knowing(TableReader step, String... keys) {
    List<String> known = new ArrayList<>(List.of("do", "at", "about"));
    known.addAll(List.of(keys));
    return step.knowing(known);
  }
}
