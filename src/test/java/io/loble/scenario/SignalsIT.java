package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGHUP reloads the configuration; SIGUSR1 and SIGUSR2, which mean something to other balancers,
 * do nothing. None of them ends the process, whatever it is at.
 */
@EnabledOnOs(OS.LINUX)
class SignalsIT {

  /** So long that only a signal has the file read. */
  private static final String NEVER = "1h";

  /** As the unit and the image have it. */
  private static final Map<String, String> JVM_SIGNAL = Map.of("_JAVA_SR_SIGNUM", "64");

  private static final String HANGUP = "HUP";

  /** The bit of SIGUSR1 in the mask of what a process catches; the JVM itself does not. */
  private static final long CATCHES_USR1 = 1L << 9;

  @Test
  void hangupReloadsUnderTraffic(@TempDir Path directory) throws Exception {
    try (Server a = Server.acking();
        Server b = Server.acking();
        Balancer balancer = start(directory, Balancer.backend("a", a.port()));
        Traffic traffic = new Traffic(balancer.port())) {
      await().atMost(20, SECONDS).until(() -> traffic.answered() > 100);
      balancer.rewrite(Balancer.toml(Balancer.backend("b", b.port())));
      balancer.program().signal(HANGUP);
      balancer.program().awaitOut("\\[config] loble.toml reloaded: .*");
      await().atMost(20, SECONDS).until(() -> b.served() > 100);
      assertThat(latestVersion(balancer).getString("who")).isEqualTo("signal SIGHUP");

      balancer.program().signal(HANGUP);
      balancer.program().awaitOut("\\[config] SIGHUP: nothing to change");

      balancer.rewrite("[listener]\nadress = 1\n");
      balancer.program().signal(HANGUP);
      balancer.program().awaitOut("\\[config] SIGHUP: not reloaded, nothing changed: loble.toml:");
      Ask.forAck(balancer.port());
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void userSignalsDoNothingUnderTraffic(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Balancer balancer = start(directory, Balancer.backend("b", server.port()));
        Traffic traffic = new Traffic(balancer.port())) {
      for (String name : new String[] {"USR1", "USR2"}) {
        int before = traffic.answered();
        balancer.program().signal(name);
        balancer.program().awaitOut("SIG" + name + " does nothing here: SIGHUP reloads");
        await().atMost(20, SECONDS).until(() -> traffic.answered() > before + 100);
      }
      assertThat(traffic.failures()).isEmpty();
      assertThat(latestVersion(balancer).getLong("version")).isEqualTo(1);
    }
  }

  @Test
  void withoutAFileThereIsNothingToReload(@TempDir Path directory) throws Exception {
    String conf = "{\"overrides\": {\"admin\": {\"address\": \"127.0.0.1:0\"}}}";
    try (Server server = Server.acking();
        Balancer balancer =
            Balancer.of(
                directory,
                Loble.start(
                    directory,
                    Map.of("LB_PORT", "0", "LB_BACKENDS", "127.0.0.1:" + server.port()),
                    "-conf",
                    conf))) {
      balancer.program().signal(HANGUP);
      balancer
          .program()
          .awaitOut(
              "\\[config] SIGHUP: not reloaded, nothing changed:"
                  + " this process has no configuration file");
      Ask.forAck(balancer.port());
    }
  }

  /** A file that was changed after it was read, at a start, is in force all the same. */
  @Test
  void hangupWhileItStartsReloadsWhenItRuns(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("loble.toml"), Balancer.toml(Balancer.backend("b", 1)));
    Program program =
        Loble.start(directory, JVM_SIGNAL, "run", "-conf", "{\"config\": \"loble.toml\"}");
    await()
        .atMost(20, SECONDS)
        .pollInterval(1, MILLISECONDS)
        .until(() -> (caught(program) & CATCHES_USR1) != 0);
    assertThat(program.out()).as("it is still starting").isEmpty();
    while (program.isAlive() && !program.out().contains(" runs, ")) {
      program.signal(HANGUP);
    }
    try (Balancer balancer = Balancer.of(directory, program)) {
      balancer.program().awaitOut("\\[config] SIGHUP: nothing to change");
      assertThat(balancer.admin().get("/livez").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noneCutsAShutdownShort(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Balancer balancer = start(directory, Balancer.backend("b", server.port()));
        Socket client = Ask.connect(balancer.port())) {
      await().atMost(20, SECONDS).until(() -> balancer.admin().active() == 2);
      balancer.program().terminate();
      balancer.program().awaitOut("\\[drain] stopping");
      balancer.program().signal(HANGUP);
      balancer.program().awaitOut("SIGHUP: not reloaded, .*the process is stopping");
      balancer.program().signal("USR1");
      balancer.program().signal("USR2");
      balancer.program().awaitOut("SIGUSR2 does nothing here");
      Ask.forAck(client);
      client.shutdownOutput();
      assertThat(balancer.program().exitCode()).isZero();
      assertThat(balancer.program().out()).contains("[drain] 1 connections drained, 0 cut");
    }
  }

  private static Balancer start(Path directory, String backend) throws IOException {
    return Balancer.start(directory, Balancer.toml(backend), NEVER, JVM_SIGNAL);
  }

  private static JsonObject latestVersion(Balancer balancer) {
    return new JsonArray(balancer.admin().get("/api/v1/config/versions").body()).getJsonObject(0);
  }

  /** The signals that it has handlers for, a bit each; none when it is not there any more. */
  private static long caught(Program program) throws IOException {
    Path status = Path.of("/proc", Long.toString(program.pid()), "status");
    Optional<String> line =
        Files.readAllLines(status).stream().filter(l -> l.startsWith("SigCgt:")).findFirst();
    return Long.parseUnsignedLong(line.orElseThrow().substring("SigCgt:".length()).trim(), 16);
  }
}
