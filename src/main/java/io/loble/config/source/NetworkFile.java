package io.loble.config.source;

import io.loble.model.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads files with one network or address per line. {@code #} begins a comment; blank lines and
 * networks that were there before are left out.
 */
public final class NetworkFile {

  /** The largest file that is read. */
  public static final int MAX_BYTES = FileReads.MAX_BYTES;

  /** So many errors are told of. */
  private static final int MOST_ERRORS = 10;

  private static final int MOST_SHOWN = 60;

  private NetworkFile() {}

  /** A file has lines that are no networks; the message has one line for each of the first ones. */
  public static final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String withoutContent;

    private MalformedException(String message, String withoutContent) {
      super(message);
      this.withoutContent = withoutContent;
    }

    /** The same without what the lines say: the file may be another, which not all may read. */
    String withoutContent() {
      return withoutContent;
    }
  }

  /**
   * The networks of a regular file, in its order. Blocks.
   *
   * @throws MalformedException when lines are no networks
   * @throws IOException when the file cannot be read, is no regular file, or is larger than {@link
   *     #MAX_BYTES}; the message begins with the path
   */
  public static List<Network> read(Path file) throws IOException {
    return parse(file, bytes(file));
  }

  /**
   * The path that is written so.
   *
   * @throws IOException when it is none
   */
  static Path path(String text) throws IOException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IOException("\"" + text + "\" is not a path: " + e.getReason(), e);
    }
  }

  /** All of a regular file. Blocks. */
  static byte[] bytes(Path file) throws IOException {
    try {
      return FileReads.all(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The networks of what a file has in it, in its order.
   *
   * @param file what errors call it
   * @throws MalformedException when lines are no networks
   * @throws IOException when it is larger than {@link #MAX_BYTES}
   */
  public static List<Network> parse(Path file, byte[] content) throws IOException {
    if (content.length > MAX_BYTES) {
      throw new IOException(file + ": has more than " + MAX_BYTES / (1024 * 1024) + " MiB");
    }
    Set<Network> networks = new LinkedHashSet<>();
    List<String> errors = new ArrayList<>();
    List<String> withoutContent = new ArrayList<>();
    int number = 0;
    for (String line : lines(content)) {
      number++;
      String text = withoutComment(line).strip();
      try {
        if (!text.isEmpty()) {
          networks.add(Network.parse(text));
        }
      } catch (IllegalArgumentException e) {
        String place = file + ":" + number + ": ";
        errors.add(place + reason(text, e));
        withoutContent.add(place + behind(text, e));
      }
    }
    if (!errors.isEmpty()) {
      throw new MalformedException(message(errors), message(withoutContent));
    }
    return List.copyOf(networks);
  }

  private static Iterable<String> lines(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    boolean marked = text.startsWith("\uFEFF");
    return () -> text.substring(marked ? 1 : 0).lines().iterator();
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    return hash < 0 ? line : line.substring(0, hash);
  }

  /** The file may be another than was meant, with lines of any length. */
  private static String reason(String text, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return text.length() <= MOST_SHOWN
        ? message
        : text.substring(0, MOST_SHOWN) + "…" + message.substring(text.length());
  }

  /** Messages begin with the text. */
  private static String behind(String text, IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).substring(text.length() + ": ".length());
  }

  private static String message(List<String> errors) {
    String first = String.join("\n", errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    int more = errors.size() - MOST_ERRORS;
    return more > 0 ? first + "\nand " + more + " more" : first;
  }
}
