package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the names of choosers stand for. */
class ChooserTest {

  @Test
  void furtherKeysOfThePoolFollowTheAlgorithm(@TempDir Path directory) throws IOException {
    Chooser chooser = chooser("source_hash+balance_factor=1.25");
    chooser.command(directory, 9000, List.of(8080, 8081));
    assertThat(Files.readString(directory.resolve("worlds.toml")))
        .contains("address = \"127.0.0.1:9000\"")
        .contains("[pools.default]\nalgorithm = \"source_hash\"\nbalance_factor=1.25\n")
        .contains("address = \"127.0.0.1:8080\"", "address = \"127.0.0.1:8081\"");
    assertThat(chooser.title()).isEqualTo("`source_hash`, `balance_factor=1.25`");
  }

  @Test
  void whatBelongsToHaproxyIsItsBalance(@TempDir Path directory) throws IOException {
    Chooser chooser = chooser("haproxy:random(2)");
    assertThat(chooser).isEqualTo(new HaproxyChooser("random(2)"));
    assertThat(chooser.title()).isEqualTo("HAProxy `random(2)`");
  }

  private static Chooser chooser(String name) {
    return Chooser.of(name, Settings.ofProperties());
  }
}
