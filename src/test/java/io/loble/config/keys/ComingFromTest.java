package io.loble.config.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.read.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The keys that docs/coming-from.md names beside those of others are there. */
class ComingFromTest {

  private static final Path PAGE = Path.of("docs/coming-from.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** What is written like a key, and is none of a table, a command or a path. */
  private static final Pattern KEY = Pattern.compile("[a-z_]+(\\[])?(\\.[a-zA-Z_]+(\\[])?)+");

  @Test
  void everyKeyOfOursIsOne() throws IOException {
    List<String> named =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("(?<!\\\\)\\|", -1)[2])
            .flatMap(cell -> CODE.matcher(cell).results().map(code -> code.group(1)))
            .filter(code -> KEY.matcher(code).matches())
            .toList();
    assertThat(named).hasSizeGreaterThan(80);
    assertThat(named).isSubsetOf(keys());
  }

  /** Values of the algorithm, as they are given in quotes. */
  @Test
  void everyAlgorithmIsNamed() throws IOException {
    List<String> quoted =
        Pattern.compile("`\"(p2c|[a-z_]+)\"`")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult value) -> value.group(1))
            .toList();
    assertThat(quoted)
        .contains("round_robin", "least_connections", "random", "source_hash", "p2c", "maglev")
        .isSubsetOf(
            "round_robin",
            "least_connections",
            "random",
            "source_hash",
            "p2c",
            "maglev",
            "maintenance",
            "drain",
            "ready");
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(Set.of("listener.address"));
    Codec.KeyVisitor visitor = (key, type, schema, fallback) -> keys.add(key);
    LaunchKeys.LAUNCH.describe("", null, visitor);
    PoolKeys.BALANCER.describe("balancer", null, visitor);
    HealthKeys.HEALTH.describe("health", null, visitor);
    TcpKeys.TCP.describe("tcp", null, visitor);
    LobleKeys.LOBLE.describe("", null, visitor);
    return keys;
  }
}
