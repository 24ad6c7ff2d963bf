package io.loble.config.source;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.keys.TargetKeys;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file of targets has in it at one moment, or why it is of no use. */
public final class TargetsFile {

  /** Labels, of which nothing is read, included. */
  private static final int MOST_VALUES = 500_000;

  /** So many errors are told of. */
  private static final int MOST_ERRORS = 3;

  /** A file that changes while it is read is read again, so often. */
  private static final int MOST_TRIES = 5;

  /** What was found. */
  public sealed interface Content {}

  /**
   * All targets of the file, in its order.
   *
   * @param backends no address and no name twice
   */
  public record Found(List<BackendConfig> backends) implements Content {

    public Found {
      backends = List.copyOf(backends);
    }
  }

  /**
   * There is no file of that name.
   *
   * @param why names the file
   */
  public record Missing(String why) implements Content {}

  /**
   * There is one, but what is in it cannot be used, or is not known.
   *
   * @param why names the file, and the element that is wrong
   */
  public record Unusable(String why) implements Content {}

  /**
   * What was read of it.
   *
   * @param content empty where that has not changed
   */
  private record Taken(FileStamp stamp, Optional<Buffer> content) {}

  private final Path file;
  private final FileStamp stamp;
  private final Content content;
  private final boolean isRead;

  private TargetsFile(Path file, FileStamp stamp, Content content, boolean isRead) {
    this.file = file;
    this.stamp = stamp;
    this.content = content;
    this.isRead = isRead;
  }

  /** Takes what it has in it now. Blocks, for a few seconds at most. */
  public static TargetsFile read(Path file) {
    return new TargetsFile(file, new FileStamp("", false), new Missing(""), false).again();
  }

  /**
   * Takes what it has in it now; one whose times show that it has not changed is not read again.
   * Blocks, for a few seconds at most.
   */
  public TargetsFile again() {
    try {
      Taken taken = FileReads.several(file, named -> take());
      return taken.content().isPresent()
          ? new TargetsFile(file, taken.stamp(), parse(taken.content().get()), true)
          : this;
    } catch (NoSuchFileException e) {
      return unread(new Missing(file + ": no such file"));
    } catch (AccessDeniedException e) {
      return unread(new Unusable(file + ": cannot be read: permission denied"));
    } catch (IOException e) {
      return unread(new Unusable(file + ": cannot be read: " + e.getMessage()));
    }
  }

  /** What it had in it. */
  public Content content() {
    return content;
  }

  /** Whether it may have been written a moment before it was read, maybe not to its end yet. */
  public boolean isFresh() {
    return isRead && !stamp.settled();
  }

  private TargetsFile unread(Content found) {
    return new TargetsFile(file, new FileStamp("", false), found, false);
  }

  private Taken take() throws IOException {
    FileStamp before = FileStamp.of(file);
    if (isRead && stamp.stillHolds(before)) {
      return new Taken(before, Optional.empty());
    }
    byte[] bytes = FileReads.regular(file, FileReads.MAX_BYTES);
    FileStamp after = FileStamp.of(file);
    // One that is written all the time is taken as it is: it is looked at again soon.
    for (int i = 1; i < MOST_TRIES && !after.identity().equals(before.identity()); i++) {
      before = after;
      bytes = FileReads.regular(file, FileReads.MAX_BYTES);
      after = FileStamp.of(file);
    }
    // The earlier of the two, so that what was written in between is seen at the next look.
    return new Taken(before, Optional.of(Buffer.buffer(bytes)));
  }

  private Content parse(Buffer bytes) {
    try {
      String text = TextFile.decode(bytes.getBytes());
      return new Found(TargetKeys.read(file.toString(), StrictJson.array(text, MOST_VALUES)));
    } catch (DecodeException | CharacterCodingException e) {
      return new Unusable(file + ": " + e.getMessage());
    } catch (ConfigException e) {
      return new Unusable(shown(e.errors()));
    }
  }

  private static String shown(List<ConfigError> errors) {
    String first =
        errors.stream()
            .limit(MOST_ERRORS)
            .map(ConfigError::toString)
            .collect(Collectors.joining("; "));
    int more = errors.size() - MOST_ERRORS;
    return more > 0 ? first + "; and " + more + " more errors" : first;
  }
}
