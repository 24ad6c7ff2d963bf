package io.loble.scenario;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be read is told of, and holds nothing else up. */
@Timeout(120)
class UnreadableFileTest {

  /** Longer than any command takes, much shorter than a read may. */
  private static final Duration AT_ONCE = Duration.ofMillis(2500);

  /**
   * Holds a lease on a file, which makes everybody else who opens it wait, as a dead mount does.
   */
  private static final String HOLD =
      """
      import fcntl, signal, sys
      signal.signal(signal.SIGIO, signal.SIG_IGN)
      held = open(sys.argv[1], 'r+')
      try:
          fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
          print('held', flush=True)
      except OSError as e:
          print('not held', e, flush=True)
      signal.pause()
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void aPipeInPlaceOfTheFile() throws Exception {
    Path file = Files.writeString(directory.resolve("loble.toml"), toml("5m"));
    try (InProcess balancer = InProcess.start(file, "100ms")) {
      Faces faces = new Faces(balancer.vertx(), 0);
      Path pipe = directory.resolve("pipe");
      Program.run(directory, List.of(Peers.path("mkfifo"), pipe.toString()));
      Files.move(pipe, file, ATOMIC_MOVE, REPLACE_EXISTING);

      Answer refused = faces.overBus(Call.of("config.reload"));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().getString("detail"))
          .isEqualTo(file + ": cannot be read: is not a regular file");
      assertThat(add(faces, "127.0.0.1:2").status()).isEqualTo(201);
      await().atMost(20, SECONDS).until(() -> error(faces).contains("is not a regular file"));

      Path next = Files.writeString(directory.resolve("next.toml"), toml("6m"));
      Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
      await().atMost(20, SECONDS).until(() -> error(faces).equals("null"));
      assertThat(faces.overBus(Call.of("config.get")).body().getString("toml"))
          .contains("idle = \"6m\"", "127.0.0.1:2");
    }
  }

  @Test
  void aReadThatHangs() throws Exception {
    Path file = Files.writeString(directory.resolve("loble.toml"), toml("5m"));
    try (InProcess balancer = InProcess.start(file, "100ms");
        Program lease = hold(file)) {
      Faces faces = new Faces(balancer.vertx(), 0);
      CompletableFuture<Answer> reload =
          CompletableFuture.supplyAsync(() -> faces.overBus(Call.of("config.reload")));
      for (int i = 2; i < 12; i++) {
        String address = "127.0.0.1:" + i;
        assertAtOnce(() -> assertThat(add(faces, address).status()).isEqualTo(201));
      }
      assertThat(reload).isNotDone();
      String reason = file + ": cannot be read: not read within 5s";
      assertThat(reload.get(30, SECONDS).body().getString("detail")).isEqualTo(reason);
      assertAtOnce(
          () ->
              assertThat(faces.overBus(Call.of("config.reload")).body().getString("detail"))
                  .isEqualTo(reason));
      assertThat(threadsThatRead(file)).isOne();

      lease.kill();
      await()
          .atMost(30, SECONDS)
          .until(() -> faces.overBus(Call.of("config.reload")).status() == 200);
      await().atMost(20, SECONDS).until(() -> error(faces).equals("null"));
      assertThat(threadsThatRead(file)).isZero();
    }
  }

  private Program hold(Path file) {
    Program program =
        Program.start(
            directory, Map.of(), List.of(Peers.path("python3"), "-c", HOLD, file.toString()));
    try {
      if (!program.awaitOut("(not )?held").group().equals("held")) {
        throw Peers.missing("no leases on this file system");
      }
      return program;
    } catch (RuntimeException | Error e) {
      program.close();
      throw e;
    }
  }

  private static void assertAtOnce(Runnable command) {
    long start = System.nanoTime();
    command.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
  }

  private static long threadsThatRead(Path file) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("read " + file))
        .count();
  }

  private static Answer add(Faces faces, String address) {
    return faces.overBus(Call.of("backend.add", "pool", "default", "address", address));
  }

  private static String error(Faces faces) {
    return String.valueOf(
        faces.overBus(Call.of("status")).body().getJsonObject("config").getString("error"));
  }

  private static String toml(String idle) {
    return """
        timeouts.idle = "%s"
        [listener]
        address = "127.0.0.1:0"
        [admin]
        address = "127.0.0.1:0"
        [health.active]
        enabled = false
        [[backends]]
        address = "127.0.0.1:1"
        """
        .formatted(idle);
  }
}
