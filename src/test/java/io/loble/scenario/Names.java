package io.loble.scenario;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names and addresses by chance: few, so that what is told in different ways meets. Those of what
 * is to be left alone are not among them.
 */
final class Names {

  /** The pool and the listener of the connections that nothing may disturb. */
  static final String POOL = "default";

  static final String LISTENER = "main";

  private static final List<String> POOLS = List.of(POOL, POOL, "p1", "p2", "p3", "p4");
  private static final int DEAD_PORT = 1;

  private final Random random;
  private final EchoServer server;

  Names(Random random, EchoServer server) {
    this.random = random;
    this.server = server;
  }

  static boolean isSteady(String backend) {
    return backend.startsWith("s");
  }

  /** One of some things. */
  <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String pool() {
    return chance(3) ? "nowhere" : one(POOLS);
  }

  String backend() {
    return "b" + (1 + below(8));
  }

  String listener() {
    return "l" + (1 + below(4));
  }

  String algorithm() {
    return one(ModelCommands.ALGORITHMS);
  }

  /** Where a backend could be; at a few of these nobody listens. */
  String target() {
    String address = server.address(1, 1 + below(14));
    return chance(5) ? address.replaceFirst(":\\d+$", ":" + DEAD_PORT) : address;
  }

  String listening() {
    return "127.0.0.1:" + (chance(40) ? 0 : Peers.freePort());
  }

  String state() {
    return one(List.of("ready", "drain", "maintenance"));
  }

  /** A backend that is there, if there is one that may be touched. */
  String backendOf(ModelConfig config, String pool) {
    ModelConfig.Pool there = config.pools().get(pool);
    Set<String> known = new TreeSet<>(there == null ? Set.of() : there.backends().keySet());
    known.removeIf(Names::isSteady);
    return known.isEmpty() || chance(15) ? backend() : one(List.copyOf(known));
  }
}
