package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Files that are wrong, or nearly so. */
final class BrokenToml {

  private static final List<String> KEYS =
      List.of(
          "listener",
          "listeners",
          "backends",
          "pools",
          "pools.default",
          "balancer",
          "health",
          "health.active",
          "timeouts",
          "timeouts.idle",
          "limits",
          "limits.max_connections",
          "admin",
          "admin.address",
          "metrics",
          "logging",
          "logging.level",
          "id",
          "pools.\"\"",
          "x",
          "pools.default.backends",
          "health.failure_threshold",
          "\"\\u0000\"",
          "a.b.c.d");

  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e999",
          "nan",
          "-inf",
          "true",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[{}]",
          "[[]]",
          "[1, \"x\"]",
          "{a = {}}",
          "1979-05-27T07:32:00Z",
          "1979-05-27",
          "07:32:00",
          "\"\\u0000\"",
          "\"99999999999h\"",
          "\"8760h1ms\"",
          "\"127.0.0.1:99999\"",
          "\"[::1\"",
          "\"[::1]:1\"",
          "\"host:port\"",
          "'C:\\x'",
          "0xDEADBEEF",
          "0o777",
          "[{address = \"127.0.0.1:1\"}]",
          "{address = 1}",
          "\"\ud83d\udca9:1\"",
          "\"trace\"",
          "256",
          "65536",
          "\" \"");

  private final Random random;
  private final Mutations mutations;
  private final String valid;

  BrokenToml(Random random, String valid) {
    this.random = random;
    this.mutations = new Mutations(random);
    this.valid = valid;
  }

  byte[] next() {
    return switch (random.nextInt(6)) {
      case 0 -> (one(KEYS) + " = " + one(VALUES) + '\n' + valid).getBytes(UTF_8);
      case 1 -> (valid + '\n' + one(KEYS) + " = " + one(VALUES) + '\n').getBytes(UTF_8);
      case 2 -> valueReplaced().getBytes(UTF_8);
      case 3 -> (nested() + '\n' + valid).getBytes(UTF_8);
      default -> mutations.bytes(valid.getBytes(UTF_8));
    };
  }

  private String valueReplaced() {
    String[] lines = valid.split("\n", -1);
    int line = random.nextInt(lines.length);
    lines[line] = lines[line].replaceFirst(" = .*", "") + " = " + one(VALUES);
    return String.join("\n", lines);
  }

  private String nested() {
    int depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 5_000 : 50);
    return switch (random.nextInt(4)) {
      case 0 -> "x = " + "[".repeat(depth) + "]".repeat(depth);
      case 1 -> "x = " + "{a = ".repeat(depth) + '1' + "}".repeat(depth);
      case 2 -> "a.".repeat(depth) + "a = 1";
      default -> "x = " + "[".repeat(depth);
    };
  }

  private String one(List<String> things) {
    return things.get(random.nextInt(things.size()));
  }
}
