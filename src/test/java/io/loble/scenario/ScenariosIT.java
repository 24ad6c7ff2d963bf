package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that come with the product, played as a user plays them. */
class ScenariosIT {

  /** To start a JVM takes half as long as to play a scenario. */
  private static final int AT_A_TIME = 3;

  @ParameterizedTest
  @MethodSource("files")
  void theyPass(List<Path> files, @TempDir Path directory) {
    try (Program played = play(directory, files.toArray(Path[]::new))) {
      assertThat(played.exitCode()).as("%s", played).isZero();
      assertThat(played.out()).contains(files.size() + " passed, 0 failed");
      assertThat(played.err()).isEmpty();
    }
  }

  static List<List<Path>> files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("conf/scenarios"))) {
      List<Path> files = all.sorted().map(Path::toAbsolutePath).toList();
      return IntStream.iterate(0, from -> from < files.size(), from -> from + AT_A_TIME)
          .mapToObj(from -> files.subList(from, Math.min(from + AT_A_TIME, files.size())))
          .toList();
    }
  }

  @Test
  void oneThatFailsSaysWhere(@TempDir Path directory) throws IOException {
    Path good = scenario(directory, "good.json", "{\"do\": \"mark\"}");
    Path bad =
        scenario(
            directory,
            "bad.json",
            "{\"do\": \"expect\", \"that\": {\"server-1.active\": {\"min\": 1}}}");
    try (Program played = play(directory, bad, good)) {
      assertThat(played.exitCode()).as("%s", played).isEqualTo(1);
      assertThat(played.out())
          .contains("FAILED in step 1: server-1.active 0, expected at least 1")
          .contains("1 passed, 1 failed");
    }
  }

  @Test
  void oneThatCannotBeReadIsNotBegun(@TempDir Path directory) throws IOException {
    Path good = scenario(directory, "good.json", "{\"do\": \"mark\"}");
    Path bad = scenario(directory, "bad.json", "{\"do\": \"jump\"}");
    try (Program played = play(directory, good, bad, directory.resolve("none.json"))) {
      assertThat(played.exitCode()).as("%s", played).isEqualTo(2);
      assertThat(played.err())
          .contains("bad.json: steps[0].do: must be one of")
          .contains("none.json: no such file");
      assertThat(played.out()).isEmpty();
    }
  }

  private static Path scenario(Path directory, String name, String step) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "{\"name\": \"x\", \"servers\": [{\"id\": \"server-1\"}], \"steps\": [" + step + "]}");
  }

  private static Program play(Path directory, Path... files) {
    Stream<String> arguments =
        Stream.concat(Stream.of("scenario"), Stream.of(files).map(Path::toString));
    return Loble.start(directory, Map.of(), arguments.toArray(String[]::new));
  }
}
