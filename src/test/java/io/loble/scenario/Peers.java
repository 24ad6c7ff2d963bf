package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Programs of others that scenarios talk to, where they are installed. */
public final class Peers {

  /** Set where all of them should be there: then a test without its peer fails. */
  private static final String REQUIRED = "LOBLE_REQUIRE_PEERS";

  private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");

  private static final int FIRST_PORT = 12_000;
  private static final int LAST_PORT = 32_000;
  private static final int ATTEMPTS = 100;

  private Peers() {}

  /** The path of a program, or the end of the test: skipped, or failed where all must be there. */
  public static String path(String program) {
    Optional<Path> found =
        directories().map(d -> d.resolve(program)).filter(Files::isExecutable).findFirst();
    if (found.isPresent()) {
      return found.get().toString();
    }
    throw missing(program + " is not installed");
  }

  /** The end of a test that cannot be done here: skipped, or failed where all must be there. */
  public static AssertionError missing(String reason) {
    return "true".equals(System.getenv(REQUIRED)) ? fail(reason) : abort(reason);
  }

  /** The search path, and where Debian keeps what is not for everybody. */
  private static Stream<Path> directories() {
    Stream<Path> searchPath =
        Pattern.compile(File.pathSeparator).splitAsStream(System.getenv("PATH")).map(Path::of);
    return Stream.concat(
        Stream.concat(searchPath, Stream.of(Path.of("/usr/sbin"))), postgresDirectories());
  }

  private static Stream<Path> postgresDirectories() {
    File[] versions = POSTGRES_VERSIONS.toFile().listFiles();
    return versions == null
        ? Stream.empty()
        : Stream.of(versions).sorted().map(version -> version.toPath().resolve("bin"));
  }

  /**
   * A port that was free a moment ago, for what cannot choose one itself. It is one of those that
   * systems do not hand out to sockets that ask for any, or another test's could have it by now.
   */
  public static int freePort() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody listens there.
      }
    }
    throw new AssertionError("no free port from " + FIRST_PORT + " to " + LAST_PORT);
  }

  /** Waits until a program that was started takes connections. */
  static void awaitPort(int port, Program program) {
    try {
      await().ignoreExceptions().atMost(30, SECONDS).until(() -> accepts(port));
    } catch (ConditionTimeoutException e) {
      program.close();
      throw new AssertionError("it does not listen:\n" + program, e);
    }
  }

  private static boolean accepts(int port) throws IOException {
    Ask.connect(port).close();
    return true;
  }
}
