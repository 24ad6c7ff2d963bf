package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.ConnectFailure;
import io.loble.model.Rejection;
import io.loble.tls.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/troubleshooting.md has a cause for every reason that a metric or a log line gives. */
class TroubleshootingTest {

  static Stream<String> reasons() {
    return Stream.of(
            Arrays.stream(Rejection.values()).map(Rejection::label),
            Arrays.stream(ConnectFailure.values()).map(ConnectFailure::label),
            Arrays.stream(FailureKind.values()).map(FailureKind::label),
            Arrays.stream(Ending.values())
                .filter(ending -> ending != Ending.REJECTED)
                .map(Ending::label))
        .flatMap(labels -> labels)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void everyReasonIsExplained(String reason) throws IOException {
    assertThat(Files.readAllLines(Path.of("docs/troubleshooting.md")))
        .anyMatch(line -> firstCell(line).contains("`" + reason + "`"));
  }

  private static String firstCell(String line) {
    return line.startsWith("| ") ? line.substring(2, line.indexOf('|', 2)) : "";
  }
}
