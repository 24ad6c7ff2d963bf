package io.loble.config.source;

import io.loble.config.ListenerLimits;
import io.loble.model.Network;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a listener's networks have in them, unread as yet. Equal where nothing has
 * changed.
 *
 * @param limits which name the files
 * @param allow what {@code allow_file} has in it; nothing where there is none
 * @param deny what {@code deny_file} has in it; nothing where there is none
 */
public record NetworkFiles(ListenerLimits limits, Buffer allow, Buffer deny) {

  private static final String ALLOW_FILE = "allow_file";
  private static final String DENY_FILE = "deny_file";

  /**
   * Takes what the files have in them now. Blocks, if there are any.
   *
   * @throws IOException when they cannot be read; the message names the key and the file
   */
  public static NetworkFiles read(ListenerLimits limits) throws IOException {
    return new NetworkFiles(
        limits, content(ALLOW_FILE, limits.allowFile()), content(DENY_FILE, limits.denyFile()));
  }

  private static Buffer content(String key, String file) throws IOException {
    if (file.isEmpty()) {
      return Buffer.buffer();
    }
    try {
      return Buffer.buffer(NetworkFile.bytes(NetworkFile.path(file)));
    } catch (IOException e) {
      throw of(key, e);
    }
  }

  /**
   * The networks of the lists and of the files together.
   *
   * @throws IOException when the files are malformed, or contradict each other or the lists; the
   *     message names the key and the file, and quotes no line of it: a command may name any file
   */
  public ListenerNetworks networks() throws IOException {
    ListenerNetworks networks =
        new ListenerNetworks(
            all(limits.allow(), ALLOW_FILE, limits.allowFile(), allow),
            all(limits.deny(), DENY_FILE, limits.denyFile(), deny));
    Optional<Network> both = networks.inBoth();
    if (both.isPresent()) {
      String key = limits.denyFile().isEmpty() ? ALLOW_FILE : DENY_FILE;
      throw new IOException(key + ": " + ListenerNetworks.contradiction(both.get()));
    }
    return networks;
  }

  private static List<Network> all(List<Network> listed, String key, String file, Buffer content)
      throws IOException {
    if (file.isEmpty()) {
      return listed;
    }
    try {
      return ListenerNetworks.together(
          listed, NetworkFile.parse(NetworkFile.path(file), content.getBytes()));
    } catch (NetworkFile.MalformedException e) {
      throw new IOException(key + ": " + e.withoutContent(), e);
    } catch (IOException e) {
      throw of(key, e);
    }
  }

  private static IOException of(String key, IOException e) {
    return new IOException(key + ": " + e.getMessage(), e);
  }
}
