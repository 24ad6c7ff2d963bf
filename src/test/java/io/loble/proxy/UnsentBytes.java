package io.loble.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What Linux still holds of a socket's output: not sent, or not acknowledged. */
final class UnsentBytes {

  private UnsentBytes() {}

  static long of(Socket socket) {
    String local = port(socket.getLocalPort());
    String remote = port(socket.getPort());
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(UnsentBytes::lines)
        .map(line -> line.trim().split("\\s+", -1))
        .filter(fields -> fields[1].endsWith(local) && fields[2].endsWith(remote))
        .mapToLong(fields -> Long.parseLong(fields[4].substring(0, 8), 16))
        .sum();
  }

  private static Stream<String> lines(String table) {
    try {
      return Files.readAllLines(Path.of(table)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String port(int number) {
    return String.format(Locale.ROOT, ":%04X", number);
  }
}
