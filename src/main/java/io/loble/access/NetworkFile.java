package io.loble.access;

import io.loble.model.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /** So many errors are told of. */
  private static final int MOST_ERRORS = 10;

  private static final int MOST_SHOWN = 60;

  private NetworkFile() {}

  /** A file has lines that are no networks; the message has one line for each of the first ones. */
  public static final class MalformedException extends IOException {

    private MalformedException(String message) {
      super(message);
    }
  }

  /**
   * The networks of a regular file, in its order. Blocks.
   *
   * @throws MalformedException when lines are no networks
   * @throws IOException when the file cannot be read, is no regular file, or is larger than {@link
   *     #MAX_BYTES}
   */
  public static List<Network> read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file, in.readNBytes(MAX_BYTES + 1));
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
    int number = 0;
    for (String line : lines(content)) {
      number++;
      String text = withoutComment(line).strip();
      try {
        if (!text.isEmpty()) {
          networks.add(Network.parse(text));
        }
      } catch (IllegalArgumentException e) {
        errors.add(file + ":" + number + ": " + reason(text, e));
      }
    }
    if (!errors.isEmpty()) {
      throw new MalformedException(message(errors));
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

  private static String message(List<String> errors) {
    String first = String.join("\n", errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    int more = errors.size() - MOST_ERRORS;
    return more > 0 ? first + "\nand " + more + " more" : first;
  }
}
