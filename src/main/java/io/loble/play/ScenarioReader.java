package io.loble.play;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.config.source.ConfigLoader;
import io.loble.config.source.StrictJson;
import io.loble.model.HostPort;
import io.loble.sim.Settings;
import io.loble.sim.server.ServerSettings;
import io.loble.testbed.BalancerConf;
import io.loble.testbed.ServerPlan;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a scenario file, and finds everything that is wrong with it before anything is started. */
final class ScenarioReader {

  private static final List<String> KEYS =
      List.of("name", "about", "seed", "balancer", "servers", "steps");
  private static final List<String> SERVER_KEYS =
      List.of("id", "settings", "pool", "backend", "running");
  private static final int MANY = 1000;

  private final String source;
  private final Problems problems = new Problems();

  ScenarioReader(String source) {
    this.source = source;
  }

  Scenario read(String text) throws ConfigException {
    TableReader file = TableReader.json(source, document(text), problems).knowing(KEYS);
    long seed = file.read("seed", Settings.SEED).orElse(1L);
    List<ServerPlan> servers = servers(file, seed);
    JsonObject balancer =
        file.table("balancer").map(TableReader::values).orElseGet(JsonObject::new);
    Cast cast =
        new Cast(servers.stream().map(ServerPlan::id).toList(), pools(servers, balancer), seed);
    Scenario scenario =
        new Scenario(
            source,
            file.read("name", Settings.TEXT).orElse(source),
            seed,
            new TestbedPlan(servers, balancer),
            steps(file, cast));
    check(scenario);
    return scenario;
  }

  private JsonObject document(String text) throws ConfigException {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      throw new ConfigException(
          List.of(new ConfigError(source, 0, 0, null, "not a JSON object: " + e.getMessage())));
    }
  }

  private List<ServerPlan> servers(TableReader file, long seed) {
    List<ServerPlan> servers = new ArrayList<>();
    for (TableReader server : file.tables("servers")) {
      String id =
          server
              .knowing(SERVER_KEYS)
              .read("id", Settings.TEXT)
              .orElse("server-" + (servers.size() + 1));
      if (servers.stream().anyMatch(other -> other.id().equals(id))) {
        server.error("id", "\"" + id + "\" is another server's");
      } else {
        servers.add(server(server, id, seed + servers.size()));
      }
    }
    if (servers.isEmpty() || servers.size() > MANY) {
      file.error(
          "servers",
          "must be an array of 1 to " + MANY + " servers such as {\"id\": \"server-1\"}");
    }
    return servers;
  }

  /** Those of the servers, and those that the balancer has besides. */
  private static Set<String> pools(List<ServerPlan> servers, JsonObject balancer) {
    Set<String> names = new HashSet<>();
    servers.forEach(server -> server.pool().ifPresent(names::add));
    if (balancer.getValue("pools") instanceof JsonObject pools) {
      names.addAll(pools.fieldNames());
    }
    return names;
  }

  private ServerPlan server(TableReader server, String id, long seed) {
    JsonObject settings =
        server.table("settings").map(TableReader::values).orElseGet(JsonObject::new);
    JsonObject complete =
        ServerSettings.onLoopback(id).toJson().put("seed", seed).mergeIn(settings);
    ServerSettings read =
        Nested.read(server, "settings", () -> ServerSettings.fromJson(complete))
            .orElseGet(() -> ServerSettings.onLoopback(id));
    String pool = server.read("pool", Settings.TEXT).orElse(ServerPlan.DEFAULT_POOL);
    return new ServerPlan(
        read,
        pool.equals("none") ? Optional.empty() : Optional.of(pool),
        server.table("backend").map(TableReader::values).orElseGet(JsonObject::new),
        server.read("running", Scalars.bool()).orElse(true));
  }

  private List<TimedStep> steps(TableReader file, Cast cast) {
    List<TimedStep> steps = new ArrayList<>();
    for (TableReader step : file.tables("steps")) {
      Duration at = step.read("at", Settings.DURATION).orElse(Duration.ZERO);
      int number = steps.size() + 1;
      StepReader.read(step, cast).ifPresent(read -> steps.add(new TimedStep(number, at, read)));
    }
    boolean array = file.values().getValue("steps") instanceof JsonArray;
    if (!file.has("steps") || (array && file.tables("steps").isEmpty())) {
      file.error(
          "steps",
          "is missing or empty; an array of steps such as {\"do\": \"wait\", \"for\": \"1s\"}");
    }
    return steps;
  }

  /** The balancer's configuration is looked at with addresses that are not in use yet. */
  private void check(Scenario scenario) throws ConfigException {
    Map<String, HostPort> addresses =
        scenario.plan().servers().stream()
            .collect(Collectors.toMap(ServerPlan::id, server -> placeholder(server, scenario)));
    JsonObject conf = BalancerConf.of(scenario.plan(), addresses);
    try {
      ConfigLoader.load(ConfigLoader.launchOptions(conf, Map.of()), Map.of());
    } catch (ConfigException e) {
      e.errors()
          .forEach(
              error ->
                  problems.add(
                      Place.of(source).withKey("balancer: " + error.key()), error.reason()));
    }
    problems.throwIfAny();
  }

  private static HostPort placeholder(ServerPlan server, Scenario scenario) {
    return new HostPort("127.0.0.1", 1 + scenario.plan().servers().indexOf(server));
  }
}
