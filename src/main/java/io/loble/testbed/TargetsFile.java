package io.loble.testbed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file in which a pool of a test bed's balancer finds backends. */
final class TargetsFile implements AutoCloseable {

  /** Stands for its path in the balancer's configuration. */
  static final String PLACEHOLDER = "${targets}";

  private final Path directory;
  private final Path file;

  private TargetsFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("targets.json");
  }

  /** One that names nobody as yet. */
  static TargetsFile create() {
    try {
      TargetsFile created = new TargetsFile(Files.createTempDirectory("loble-targets"));
      created.write(List.of());
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a configuration names it. */
  static boolean isNamedIn(JsonObject keys) {
    return keys.encode().contains(PLACEHOLDER);
  }

  /** A configuration that names it by its path. */
  JsonObject in(JsonObject keys) {
    String path = new JsonArray().add(file.toString()).encode();
    return new JsonObject(keys.encode().replace(PLACEHOLDER, path.substring(2, path.length() - 2)));
  }

  /** Names these servers from now on, and no others; whoever reads it finds all of it. */
  void write(List<SimulatedBackend> servers) {
    JsonArray targets = new JsonArray();
    for (SimulatedBackend server : servers) {
      targets.add(
          new JsonObject().put("name", server.id()).put("address", server.address().toString()));
    }
    try {
      Path next = Files.writeString(directory.resolve("next.json"), targets.encodePrettily());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
