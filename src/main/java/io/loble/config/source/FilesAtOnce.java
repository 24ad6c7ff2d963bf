package io.loble.config.source;

import io.loble.tls.PemFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What several files have in them at one moment: they are read again where one of them changes
 * meanwhile, as when the directory is exchanged that they are in. Files that go on changing are
 * taken as they are. Equal where all files are.
 */
final class FilesAtOnce {

  private static final int MOST_TRIES = 5;

  private static final FilesAtOnce NONE = new FilesAtOnce(Map.of(), Map.of());

  private final Map<String, ReadFile> files;
  private final Map<String, FileStamp> stamps;

  private FilesAtOnce(Map<String, ReadFile> files, Map<String, FileStamp> stamps) {
    this.files = files;
    this.stamps = stamps;
  }

  /**
   * Blocks.
   *
   * @param paths of the files
   * @throws IOException when not all of them are read in time
   */
  static FilesAtOnce read(Collection<String> paths) throws IOException {
    return NONE.now(paths);
  }

  /** What they have in them now; those that have not changed are not read again. Blocks. */
  FilesAtOnce again() throws IOException {
    FilesAtOnce now = now(files.keySet());
    return now.equals(this) && now.stamps.equals(stamps) ? this : now;
  }

  private FilesAtOnce now(Collection<String> paths) throws IOException {
    Optional<String> first = paths.stream().findFirst();
    return first.isEmpty() ? NONE : FileReads.several(path(first.get()), any -> take(paths));
  }

  private FilesAtOnce take(Collection<String> paths) throws IOException {
    FilesAtOnce taken = this;
    Map<String, FileStamp> before = stamps(paths);
    for (int i = 0; i < MOST_TRIES; i++) {
      taken = taken.with(before);
      Map<String, FileStamp> after = stamps(paths);
      if (identities(before).equals(identities(after))) {
        return taken;
      }
      before = after;
    }
    return taken;
  }

  private FilesAtOnce with(Map<String, FileStamp> now) {
    Map<String, ReadFile> read = new LinkedHashMap<>();
    now.forEach((path, stamp) -> read.put(path, holds(path, stamp) ? get(path) : content(path)));
    return new FilesAtOnce(read, now);
  }

  private boolean holds(String path, FileStamp now) {
    FileStamp then = stamps.get(path);
    return then != null && then.stillHolds(now) && get(path).trouble().isEmpty();
  }

  private static Map<String, FileStamp> stamps(Collection<String> paths) {
    Map<String, FileStamp> stamps = new LinkedHashMap<>();
    paths.forEach(path -> stamps.put(path, stamp(path)));
    return stamps;
  }

  private static FileStamp stamp(String path) {
    try {
      return FileStamp.of(Path.of(path));
    } catch (InvalidPathException | IOException e) {
      // What is wrong is said when it is read.
      return new FileStamp("", false);
    }
  }

  private static Map<String, String> identities(Map<String, FileStamp> stamps) {
    Map<String, String> identities = new LinkedHashMap<>();
    stamps.forEach((path, stamp) -> identities.put(path, stamp.identity()));
    return identities;
  }

  private static ReadFile content(String path) {
    try {
      return ReadFile.of(path, FileReads.regular(Path.of(path), PemFile.MOST_BYTES));
    } catch (NoSuchFileException e) {
      return ReadFile.unreadable(path, "no such file; create it, or correct the path");
    } catch (AccessDeniedException e) {
      return ReadFile.unreadable(path, "cannot be read: permission denied");
    } catch (InvalidPathException | IOException e) {
      return ReadFile.unreadable(path, String.valueOf(e.getMessage()));
    }
  }

  /** What reads are known by; whether it is a path is found out later. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }

  /** One of them. */
  ReadFile get(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilesAtOnce all && files.equals(all.files);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }

  @Override
  public String toString() {
    return files.keySet().toString();
  }
}
