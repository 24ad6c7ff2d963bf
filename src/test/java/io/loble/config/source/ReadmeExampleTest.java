package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands under "Change it while it runs" in README.md do to conf/loble.toml what they say.
 */
class ReadmeExampleTest {

  private static final Pattern SED =
      Pattern.compile("(?m)^(sed (?:-i )?'s/.*/') conf/loble\\.toml( > /tmp/next\\.toml)?");

  @TempDir private Path directory = Path.of("");

  @Test
  void eachSedChangesTheOneWeightThatItsCommentNames() throws Exception {
    Path file = Files.copy(Path.of("conf/loble.toml"), directory.resolve("loble.toml"));
    Path next = directory.resolve("next.toml");
    assertThat(weights(file)).containsExactly(1, 1, 1);
    for (String command : commands(file, next)) {
      assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor()).isZero();
    }
    assertThat(weights(file)).containsExactly(1, 1, 5);
    assertThat(weights(next)).containsExactly(1, 1, 2);
    assertThat(readme()).contains("now 5 of 7 new connections");
  }

  /** A backend that is removed and added has the weight that it is added with. */
  @Test
  void theBackendThatIsRemovedIsAddedWithItsWeight() throws IOException {
    assertThat(readme())
        .containsSubsequence(
            "ctl rm 127.0.0.1:8083 timeout=30s", "ctl add 127.0.0.1:8083 weight=5");
  }

  private static List<String> commands(Path file, Path next) throws IOException {
    Matcher sed = SED.matcher(readme());
    List<String> commands =
        sed.results()
            .map(
                found -> found.group(1) + " " + file + (found.group(2) == null ? "" : " > " + next))
            .toList();
    assertThat(commands).hasSize(2);
    return commands;
  }

  private static List<Integer> weights(Path file) throws Exception {
    LobleConfig config = Loading.load(Files.readString(file));
    return Objects.requireNonNull(config.pools().get("default")).backends().stream()
        .map(BackendConfig::weight)
        .toList();
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }
}
