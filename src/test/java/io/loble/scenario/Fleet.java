package io.loble.scenario;

import io.loble.control.ProcessStatus;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A balancer in front of many backends whose names are as long as those of real hosts, in three
 * pools: {@code web}, {@code postgres} and {@code cache}. Each pool has a listener of its name. The
 * backends of a pool are addresses of one echo server, so that they can all be stopped at once.
 */
final class Fleet implements AutoCloseable {

  static final List<String> POOLS = List.of("web", "postgres", "cache");

  private static final String HEAD =
      """
      [admin]
      address = "127.0.0.1:0"
      [health]
      failure_threshold = 1
      success_threshold = 1
      [health.active]
      %s
      """;

  private static final int HOSTS = 250;

  private final Vertx servers = Vertx.vertx();
  private final Map<String, EchoServer> byPool = new LinkedHashMap<>();
  private final InProcess balancer;
  private final HostPort admin;

  private Fleet(Path directory, int each, String health) throws IOException {
    POOLS.forEach(pool -> byPool.put(pool, EchoServer.start(servers)));
    Path file = Files.writeString(directory.resolve("fleet.toml"), toml(each, health));
    balancer = InProcess.start(file, "1h");
    admin = ProcessStatus.of(balancer.vertx()).adminAddress();
  }

  /**
   * Starts it.
   *
   * @param each how many backends each pool has
   * @param health keys of the table {@code health.active}
   */
  static Fleet start(Path directory, int each, String health) throws IOException {
    return new Fleet(directory, each, health);
  }

  /** What the backend of a pool is called that has that number, from 1 on. */
  static String name(String pool, int number) {
    return "%s-%02d.eu-west-1.prod.example.com".formatted(pool, number);
  }

  private String toml(int each, String health) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD.formatted(health));
    for (String pool : POOLS) {
      lines.add(
          "[[listeners]]\nname = \"%1$s\"\naddress = \"127.0.0.1:0\"\npool = \"%1$s\""
              .formatted(pool));
    }
    byPool.forEach(
        (pool, server) ->
            IntStream.rangeClosed(1, each)
                .mapToObj(number -> backend(pool, number, server))
                .forEach(lines::add));
    return String.join("\n", lines) + "\n";
  }

  private static String backend(String pool, int number, EchoServer server) {
    return "[[pools.%s.backends]]\nname = \"%s\"\naddress = \"%s\""
        .formatted(pool, name(pool, number), server.address(number / HOSTS, 1 + number % HOSTS));
  }

  HostPort admin() {
    return admin;
  }

  private Admin commands() {
    return new Admin(admin.toString());
  }

  /** The port of the listener of a pool. */
  int port(String pool) {
    String address = commands().command(200, "GET", "listeners/" + pool, "").getString("address");
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Nothing listens any more where the backends of a pool are. */
  void kill(String pool) {
    Objects.requireNonNull(byPool.get(pool), pool).stop();
  }

  /** Does something to a backend. */
  void update(String pool, int number, String body) {
    commands().command(200, "PATCH", "pools/" + pool + "/backends/" + name(pool, number), body);
  }

  /** Sets the algorithm of a pool. */
  void algorithm(String pool, String algorithm) {
    String body = "{\"algorithm\": \"" + algorithm + "\"}";
    commands().command(200, "PUT", "pools/" + pool + "/algorithm", body);
  }

  @Override
  public void close() {
    balancer.close();
    servers.close().await();
  }
}
