package io.loble.config.source;

import io.loble.config.ConfigError;
import io.loble.config.Durations;
import io.loble.config.keys.Tables;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that environment variables make. Variables that are empty count as not set; those
 * with other names are of no concern, since platforms set {@code LB_}-names of their own.
 */
public final class EnvironmentLayer {

  public static final String PORT = "LB_PORT";
  public static final String ID = "LB_ID";
  public static final String HEALTH_INTERVAL = "LB_HEALTH_INTERVAL";
  public static final String BACKENDS = "LB_BACKENDS";
  public static final String ALGORITHM = "LB_ALGO";

  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Durations.MAX.toSeconds());

  private static final Pattern WEIGHT =
      Pattern.compile("weight=(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-6])");

  private final Map<String, String> env;
  private final Problems problems;

  EnvironmentLayer(Map<String, String> env, Problems problems) {
    this.env = env;
    this.problems = problems;
  }

  /** The variable's value, if it has one. */
  static Optional<String> variable(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Whether the environment alone makes a configuration. */
  static boolean suffices(Map<String, String> env) {
    return variable(env, PORT).isPresent() && variable(env, BACKENDS).isPresent();
  }

  /** The document with what the environment sets put over it. */
  Node.Table over(Node.Table document) {
    return keptOf(document).merge(layer());
  }

  /** What is left of the document, without what the environment sets in another form. */
  Node.Table keptOf(Node.Table document) {
    boolean setsAlgorithm = variable(env, ALGORITHM).isPresent();
    Node.Table earlier =
        setsAlgorithm ? document.without(Tables.POOLS, Tables.DEFAULT, "algorithm") : document;
    return Layers.keptUnder(earlier, layer());
  }

  /** What the environment sets. */
  Node.Table layer() {
    Map<String, Node> layer = new LinkedHashMap<>();
    set(PORT, port -> layer.put(Tables.LISTENER, table(PORT, "address", listen(port))));
    set(BACKENDS, list -> layer.put(Tables.BACKENDS, backends(list)));
    set(HEALTH_INTERVAL, seconds -> interval(seconds).ifPresent(h -> layer.put(Tables.HEALTH, h)));
    set(
        ALGORITHM,
        name -> layer.put(Tables.BALANCER, table(ALGORITHM, "algorithm", scalar(ALGORITHM, name))));
    return new Node.Table(Place.of(ConfigError.ENVIRONMENT), layer);
  }

  private void set(String name, Consumer<String> setter) {
    variable(env, name).ifPresent(setter);
  }

  private Node listen(String port) {
    boolean valid = port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535;
    if (!valid) {
      reject(PORT, "a port from 0 to 65535", port);
    }
    return scalar(PORT, "0.0.0.0:" + (valid ? port : "0"));
  }

  private Optional<Node> interval(String seconds) {
    if (!seconds.matches("\\d{1,9}(\\.\\d{1,9})?")
        || new BigDecimal(seconds).compareTo(MAX_SECONDS) > 0) {
      reject(HEALTH_INTERVAL, "a number of seconds, such as 3 or 0.5", seconds);
      return Optional.empty();
    }
    Duration interval = Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue());
    Node value = scalar(HEALTH_INTERVAL, Durations.format(interval));
    Node active = table(HEALTH_INTERVAL, "interval", value);
    return Optional.of(table(HEALTH_INTERVAL, "active", active));
  }

  private Node backends(String list) {
    List<Node> backends = new ArrayList<>();
    for (String entry : list.split(",", -1)) {
      if (!entry.isBlank()) {
        backends.add(backend(entry.strip()));
      }
    }
    return new Node.Array(place(BACKENDS), backends);
  }

  private Node backend(String entry) {
    String[] parts = entry.split(";", 2);
    Node.Table backend = table(BACKENDS, "address", scalar(BACKENDS, parts[0].strip()));
    if (parts.length == 1) {
      return backend;
    }
    Matcher option = WEIGHT.matcher(parts[1].strip());
    if (!option.matches()) {
      reject(BACKENDS, "host:port or host:port;weight=N with N from 0 to 256", entry);
      return backend;
    }
    long weight = Long.parseLong(option.group(1));
    return backend.with("weight", new Node.Scalar(place(BACKENDS), weight));
  }

  private void reject(String name, String expected, String found) {
    problems.unexpected(scalar(name, found), expected);
  }

  private static Node.Table table(String variable, String key, Node value) {
    return new Node.Table(place(variable), Map.of(key, value));
  }

  private static Node scalar(String variable, String value) {
    return new Node.Scalar(place(variable), value);
  }

  private static Place place(String variable) {
    return Place.of(ConfigError.ENVIRONMENT).withKey(variable);
  }
}
