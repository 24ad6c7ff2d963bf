package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run}, which mean what they mean to Vert.x's own launcher. */
final class RunOptions {

  @Mixin private final BalancerConf conf = new BalancerConf();

  @Option(
      names = {"-instances", "--instances"},
      paramLabel = "N",
      description = "Number of proxies, one event loop each; default: one per core.")
  private @Nullable Integer instances;

  @Option(
      names = {"-cluster", "--cluster"},
      description = "Join the other Vert.x instances on the network into one event bus.")
  private boolean cluster;

  @Option(
      names = {"-cluster-host", "--cluster-host"},
      paramLabel = "HOST",
      description = "The address to bind cluster traffic to.")
  private @Nullable String clusterHost;

  @Option(
      names = {"-cluster-port", "--cluster-port"},
      paramLabel = "PORT",
      description = "The port for cluster traffic; default any free one.")
  private @Nullable Integer clusterPort;

  @Option(
      names = {"-cluster-public-host", "--cluster-public-host"},
      paramLabel = "HOST",
      description = "The address that other nodes reach this one by.")
  private @Nullable String clusterPublicHost;

  @Option(
      names = {"-cluster-public-port", "--cluster-public-port"},
      paramLabel = "PORT",
      description = "The port that other nodes reach this one by.")
  private @Nullable Integer clusterPublicPort;

  @Option(
      names = {"-options", "--options"},
      paramLabel = "FILE_OR_JSON",
      description = "Options of the Vert.x instance.")
  private @Nullable String vertxOptions;

  @Option(
      names = {"-deployment-options", "--deployment-options"},
      paramLabel = "FILE_OR_JSON",
      description = "Options of the main verticle's deployment.")
  private @Nullable String deploymentOptions;

  BalancerConf conf() {
    return conf;
  }

  /** How many proxies the command line asks for; null when it does not say. */
  @Nullable Integer instances() {
    return instances;
  }

  /**
   * Refuses what could not be started.
   *
   * @throws ConfigException when nodes are to find each other, and nothing is there to do it with
   */
  void check() throws ConfigException {
    if (cluster && !hasClusterManager()) {
      throw new ConfigException(
          List.of(
              new ConfigError(
                  "-cluster",
                  0,
                  0,
                  null,
                  "no cluster manager for Vert.x is on the class path, and loble brings none;"
                      + " put one there with all that it needs, such as vertx-hazelcast:"
                      + " java -cp 'loble-fat.jar:cluster/*' io.loble.cli.Main run -cluster")));
    }
  }

  private static boolean hasClusterManager() {
    return ServiceLoader.load(VertxServiceProvider.class).stream()
        .anyMatch(provider -> ClusterManager.class.isAssignableFrom(provider.type()));
  }

  /** The arguments for Vert.x's launcher, with the configuration as it was read already. */
  String[] launcherArguments(JsonObject document) throws ConfigException {
    List<String> arguments = new ArrayList<>(List.of("loble:main"));
    add(arguments, "-conf", document.encode());
    if (cluster) {
      arguments.add("-cluster");
    }
    add(arguments, "-cluster-host", clusterHost);
    add(arguments, "-cluster-port", clusterPort);
    add(arguments, "-cluster-public-host", clusterPublicHost);
    add(arguments, "-cluster-public-port", clusterPublicPort);
    addJson(arguments, "-options", vertxOptions);
    addJson(arguments, "-deployment-options", deploymentOptions);
    return arguments.toArray(String[]::new);
  }

  /** Read here, since Vert.x's launcher goes on without what it cannot read. */
  private static void addJson(List<String> arguments, String option, @Nullable String value)
      throws ConfigException {
    if (value != null) {
      add(arguments, option, JsonArgument.read(option, value).encode());
    }
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
