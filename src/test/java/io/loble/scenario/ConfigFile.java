package io.loble.scenario;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration file as Kubernetes mounts one: a link to a file in a directory that is a link
 * itself, so that all of it changes at once.
 */
final class ConfigFile {

  private static final String NAME = "loble.toml";
  private static final String DATA = "..data";

  private final Path directory;
  private Path data;
  private int written;

  private ConfigFile(Path directory, Path data) {
    this.directory = directory;
    this.data = data;
  }

  static ConfigFile create(Path directory, String toml) throws IOException {
    ConfigFile file = new ConfigFile(directory, directory);
    file.swap(toml.getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(file.path(), Path.of(DATA, NAME));
    return file;
  }

  Path path() {
    return directory.resolve(NAME);
  }

  /** As careful editors write: another file takes the place of this one. */
  void rename(byte[] content) throws IOException {
    Path next = Files.write(data.resolve("next.toml"), content);
    Files.move(next, data.resolve(NAME), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  void rename(String toml) throws IOException {
    rename(toml.getBytes(StandardCharsets.UTF_8));
  }

  /** As a changed ConfigMap comes: the link to the directory changes. */
  void swap(byte[] content) throws IOException {
    Path before = data;
    data = Files.createDirectory(directory.resolve("..v" + ++written));
    Files.write(data.resolve(NAME), content);
    Path link = directory.resolve("..data_tmp");
    Files.createSymbolicLink(link, data.getFileName());
    Files.move(link, directory.resolve(DATA), ATOMIC_MOVE, REPLACE_EXISTING);
    if (!before.equals(directory)) {
      Files.deleteIfExists(before.resolve(NAME));
      Files.delete(before);
    }
  }
}
