package io.loble.scenario;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file is a link into a directory that is a link itself, which is changed to point elsewhere:
 * how Kubernetes updates what it mounts.
 */
class ConfigMapIT {

  @Test
  void aSwappedLinkIsAChangedFile(@TempDir Path directory) throws Exception {
    version(directory, "..one", 1);
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(directory.resolve("loble.toml"), Path.of("..data", "loble.toml"));
    String conf = "{\"config\": \"loble.toml\", \"reload_interval\": \"100ms\"}";
    try (Balancer balancer =
        Balancer.of(directory, Loble.start(directory, Map.of(), "run", "-conf", conf))) {
      for (int weight = 2; weight <= 4; weight++) {
        swap(directory, weight);
        int expected = weight;
        await()
            .atMost(10, SECONDS)
            .until(() -> balancer.admin().backend("a").getInteger("weight") == expected);
      }
    }
  }

  private static void swap(Path directory, int weight) throws IOException {
    String name = "..version" + weight;
    version(directory, name, weight);
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(name));
    Files.move(next, directory.resolve("..data"), ATOMIC_MOVE);
  }

  private static void version(Path directory, String name, int weight) throws IOException {
    Path version = Files.createDirectory(directory.resolve(name));
    Files.writeString(
        version.resolve("loble.toml"), Balancer.toml(Balancer.backend("a", 1, weight)));
  }
}
