package io.loble.net.epoll;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the kernel tells of sockets that listen, of all processes, in {@code /proc/net/tcp}. */
final class ListeningSockets {

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  private ListeningSockets() {}

  /**
   * The inodes of the sockets that listen on exactly that address. Takes some milliseconds.
   *
   * @throws IOException when the kernel does not tell
   */
  static Set<String> on(InetSocketAddress address) throws IOException {
    boolean v6 = address.getAddress() instanceof Inet6Address;
    String wanted = inHex(address.getAddress()) + ":%04X".formatted(address.getPort());
    try (BufferedReader lines =
        Files.newBufferedReader(
            Path.of(v6 ? "/proc/net/tcp6" : "/proc/net/tcp"), StandardCharsets.US_ASCII)) {
      lines.readLine();
      return inodes(lines, wanted);
    }
  }

  private static Set<String> inodes(BufferedReader lines, String wanted) throws IOException {
    Set<String> inodes = new HashSet<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> fields = List.of(SPACE.split(line.strip(), -1));
      if (!fields.get(STATE).equals(LISTENING)) {
        // Those that listen come first, and of connections there may be very many.
        return inodes;
      }
      if (fields.get(LOCAL_ADDRESS).equals(wanted)) {
        inodes.add(fields.get(INODE));
      }
    }
    return inodes;
  }

  /** Word by word, each in the order of this machine's bytes. */
  private static String inHex(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
    StringBuilder hex = new StringBuilder();
    while (bytes.hasRemaining()) {
      hex.append("%08X".formatted(bytes.getInt()));
    }
    return hex.toString();
  }
}
