package io.loble.config.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tells a file from what it was before, without reading it: which file the name leads to, and
 * when it was written.
 *
 * @param identity empty where there is no file
 * @param settled whether every later change changes the identity: a file that is written twice
 *     within a tick of the file system's clock has the same times
 */
record FileStamp(String identity, boolean settled) {

  /** Clocks of file systems tick every few milliseconds; some have whole seconds only. */
  private static final Duration TICK = Duration.ofSeconds(2);

  private static final String UNIX = "unix:dev,ino,size,lastModifiedTime,ctime";

  /** Of the file that a name leads to now, through links. Blocks. */
  static FileStamp of(Path file) throws IOException {
    return of(file, Instant.now());
  }

  static FileStamp of(Path file, Instant now) throws IOException {
    try {
      Map<String, Object> attributes = attributes(file);
      boolean settled =
          attributes.values().stream()
              .filter(FileTime.class::isInstance)
              .map(time -> ((FileTime) time).toInstant())
              .allMatch(time -> Duration.between(time, now).abs().compareTo(TICK) > 0);
      return new FileStamp(new TreeMap<>(attributes).toString(), settled);
    } catch (NoSuchFileException e) {
      return new FileStamp("", false);
    }
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Files.readAttributes(file, UNIX);
    }
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    return Map.of(
        "key",
        Optional.ofNullable(basic.fileKey()),
        "size",
        basic.size(),
        "lastModifiedTime",
        basic.lastModifiedTime());
  }

  /** Whether what was read of the file then is what it holds now. */
  boolean stillHolds(FileStamp now) {
    return settled && identity.equals(now.identity());
  }
}
