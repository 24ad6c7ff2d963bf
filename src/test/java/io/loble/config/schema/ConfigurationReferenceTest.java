package io.loble.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ActiveCheck;
import io.loble.config.ConfigException;
import io.loble.config.keys.HealthKeys;
import io.loble.config.keys.LaunchKeys;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PoolKeys;
import io.loble.config.keys.TcpKeys;
import io.loble.config.read.Codec;
import io.loble.config.source.EnvironmentLayer;
import io.loble.config.source.Loading;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/configuration.md says what the schema says. */
class ConfigurationReferenceTest {

  private static final Path REFERENCE = Path.of("docs/configuration.md");

  /** Tables that stand there once, for all that take from them. */
  private static final Pattern INHERITED =
      Pattern.compile("pools\\.NAME\\.(health|tcp)\\.|listeners\\[]\\.tcp\\.");

  @ParameterizedTest
  @MethodSource("rows")
  void every_key_stands_there_with_its_type_and_default(String row) throws IOException {
    assertThat(Files.readAllLines(REFERENCE)).anyMatch(line -> line.startsWith(row));
  }

  @Test
  void no_other_key_stands_there() throws IOException {
    List<String> known = new ArrayList<>(rows().toList());
    known.add("| `listener.address` |");
    known.add("| `pools.NAME.health` |");
    known.add("| `pools.NAME.tcp` |");
    known.add("| `listeners[].tcp` |");
    assertThat(Files.readAllLines(REFERENCE))
        .filteredOn(line -> line.matches("\\| `[a-zA-Z_.\\[\\]]+` \\| .* \\| .* \\| .* \\|"))
        .isNotEmpty()
        .allMatch(line -> known.stream().anyMatch(line::startsWith));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EnvironmentLayer.ID,
        EnvironmentLayer.PORT,
        EnvironmentLayer.BACKENDS,
        EnvironmentLayer.ALGORITHM,
        EnvironmentLayer.HEALTH_INTERVAL
      })
  void every_variable_stands_there(String name) throws IOException {
    assertThat(Files.readAllLines(REFERENCE)).anyMatch(line -> line.startsWith("| `" + name));
  }

  @Test
  void the_errors_shown_are_those_that_the_file_shown_has() throws IOException {
    String all = Files.readString(REFERENCE);
    String section = all.substring(all.indexOf("\n## Errors\n"));
    assertThat(String.join("\n", Loading.errors(block("toml", section))))
        .isEqualTo(block("text", section).strip());
  }

  @Test
  void the_probe_that_logs_in_is_one() throws IOException, ConfigException {
    String all = Files.readString(REFERENCE);
    String probe = block("toml", all.substring(all.indexOf("## A probe that logs in")));
    String file = "[[listeners]]\nname = 'db'\naddress = '0.0.0.0:3306'\npool = 'mysql'\n";
    ActiveCheck check = Loading.pool(Loading.load(file + probe), "mysql").health().active();
    String login = check.expect().send();
    int header = 4;
    int quit = 5;
    assertThat((int) login.charAt(0)).isEqualTo(login.length() - header - quit);
    assertThat(login).contains("probe\0");
  }

  static Stream<String> rows() {
    List<String> rows = new ArrayList<>();
    Codec.KeyVisitor visitor = (key, type, schema, fallback) -> rows.add(row(key, type, fallback));
    LaunchKeys.LAUNCH.describe("", null, visitor);
    PoolKeys.BALANCER.describe("balancer", null, visitor);
    HealthKeys.HEALTH.describe("health", null, visitor);
    TcpKeys.TCP.describe("tcp", null, visitor);
    LobleKeys.LOBLE.describe("", null, visitor);
    return rows.stream().filter(row -> !INHERITED.matcher(row).find()).distinct();
  }

  private static String row(String key, String type, @Nullable Object fallback) {
    String withoutExamples = type.replaceAll(",? such as .*?(?=, with|$)", "");
    return "| `%s` | %s | %s |".formatted(key, withoutExamples, shown(key, fallback));
  }

  private static String shown(String key, @Nullable Object fallback) {
    if (key.startsWith("pools.NAME.discover.backends.")) {
      return "as found";
    }
    return switch (key) {
      case "pools.NAME.algorithm" -> "as `balancer.algorithm`";
      case "pools.NAME.retries" -> "as `balancer.retries`";
      case "metrics.address" -> "as `admin.address`";
      default -> fallback == null ? "required" : "`" + Json.encode(fallback) + "`";
    };
  }

  private static String block(String language, String text) {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
