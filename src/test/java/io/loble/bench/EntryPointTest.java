package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryPointTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void itIsThatOfTheLastStage() throws IOException {
    Path dockerfile =
        dockerfile(
            """
            FROM a AS b
            ENTRYPOINT ["/bin/false"]
            FROM c
            ENTRYPOINT ["/bin/sh", \\
              "-c", "exit 0"]
            CMD ["run"]
            """);
    assertThat(EntryPoint.of(dockerfile)).containsExactly("/bin/sh", "-c", "exit 0");
  }

  @Test
  void whatCannotBeStartedIsSaid() throws IOException {
    Path absent = dockerfile("FROM a\nENTRYPOINT [\"/no/such/java\"]\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryPoint.of(absent))
        .withMessageContaining("/no/such/java is not here");
    Path without = dockerfile("FROM a\nCMD [\"/bin/sh\"]\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryPoint.of(without))
        .withMessageContaining("ENTRYPOINT");
  }

  private Path dockerfile(String text) throws IOException {
    return Files.writeString(directory.resolve("Dockerfile"), text);
  }
}
