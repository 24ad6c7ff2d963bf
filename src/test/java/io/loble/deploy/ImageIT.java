package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.loble.scenario.Peers;
import io.loble.scenario.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image, without an engine: the lines of the Dockerfile are carried out here, and what they
 * leave runs as an engine would run it, with nothing writable, as nobody in particular, in a
 * network of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {

  private static final Path JAR =
      Path.of(System.getProperty("loble.jar", "target/loble-fat.jar")).toAbsolutePath();
  private static final Path JVMS = Path.of("/usr/lib/jvm");

  /** A JVM that may not start without its AOT cache. */
  private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

  private static final Map<String, String> SERVER =
      Map.of("SERVER_PORT", "8080", "SERVER_ID", "s", "JAVA_TOOL_OPTIONS", CACHE_OR_NOTHING);
  private static final Map<String, String> BALANCER =
      Map.of(
          "LB_PORT",
          "9000",
          "LB_BACKENDS",
          "127.0.0.1:8080",
          "JAVA_TOOL_OPTIONS",
          CACHE_OR_NOTHING);
  private static final Map<String, String> CLIENT =
      Map.of("CLIENT_TARGET", "127.0.0.1:9000", "JAVA_TOOL_OPTIONS", CACHE_OR_NOTHING);
  private static final String CLIENTS =
      """
      {"rate": 40, "duration": "1s", "weights": {"real": 1}}
      """;

  private static final String RUNS = "loble \\S+ runs, transport epoll, admin on 127.0.0.1:9090";

  /** Asks, waits until nobody new is let in, asks again on the same connection, and leaves. */
  private static final String LONG_TALK =
      """
      exec 3<>/dev/tcp/127.0.0.1/9000
      ask() { echo REQ >&3; read -rt 20 answer <&3; echo "$1 $answer"; }
      ask first
      while (exec 4<>/dev/tcp/127.0.0.1/9000) 2>/dev/null; do sleep 0.05; done
      ask last
      """;

  private Image image;
  private String signal;

  @BeforeAll
  void build(@TempDir Path directory) throws Exception {
    // In CI as well: no package of Debian 12 brings one, and .ci/run says so.
    Path jdk = jdk25().orElseGet(() -> abort("no JDK 25 is installed"));
    if (!namespacesCanBeMade()) {
      throw Peers.missing("nobody but root may make namespaces");
    }
    Dockerfile dockerfile = Dockerfile.read();
    image = Image.build(dockerfile, directory, JAR, jdk);
    signal = dockerfile.last().only("STOPSIGNAL").rest();
  }

  @Test
  void clientsAreServedThroughItWhereNothingIsWritable() throws Exception {
    try (Pod pod = Pod.open();
        Program server = pod.start(image.run(false, SERVER, List.of("server")));
        Program balancer = pod.start(image.run(false, BALANCER, image.command()))) {
      server.awaitOut("listening on");
      balancer.awaitOut(RUNS);

      long pid = balancer.inner().pid();
      hasNoPrivileges(pid);
      hasMappedWhatTheImageBrings(pid);
      List<String> write =
          List.of("sh", "-c", "touch /tmp/x || touch /opt/loble/x || touch /dev/x");
      assertThat(exec(pod, pid, write)).isNotZero();
      assertThat(exec(pod, pid, image.healthcheck())).isZero();
      String healthcheck = image.healthcheck().get(0);
      assertThat(exec(pod, pid, List.of(healthcheck, "tcp", "8080"))).isZero();
      assertThat(exec(pod, pid, List.of(healthcheck, "tcp", "8081"))).isEqualTo(1);
      assertThat(exec(pod, pid, List.of(healthcheck, "9000"))).isEqualTo(1);
      for (String harmless : List.of("HUP", "USR1", "USR2")) {
        send(balancer, harmless);
      }
      balancer.awaitOut("SIGUSR2 does nothing here");
      areServed(pod);
      aProfileIsRefused(pod);

      try (Program talk = pod.start(List.of("bash", "-c", LONG_TALK))) {
        talk.awaitOut("first ACK");
        stop(balancer);
        assertThat(balancer.exitCode()).as("%s", balancer).isZero();
        // Those that asked whether the port was still open may be among them.
        assertThat(balancer.out())
            .containsPattern("\\[drain] [1-9]\\d* connections drained, 0 cut");
        assertThat(talk.exitCode()).isZero();
        assertThat(talk.out()).contains("last ACK");
      }
      // What the JVM says of its options, and nothing else.
      assertThat(balancer.err()).hasLineCount(1).contains("JAVA_TOOL_OPTIONS");
      stop(server);
      assertThat(server.exitCode()).as("%s", server).isZero();
    }
  }

  @Test
  void whereNothingListensItIsNotHealthy() {
    try (Pod pod = Pod.open();
        Program check = pod.start(image.start(false, Map.of(), image.healthcheck()))) {
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.out()).contains("nothing listens on 127.0.0.1:9090");
    }
  }

  @Test
  void withAWritableTmpItCanBeProfiled(@TempDir Path directory) throws Exception {
    try (Pod pod = Pod.open();
        Program balancer = pod.start(image.run(true, BALANCER, image.command()))) {
      balancer.awaitOut(RUNS);
      Path file = directory.resolve("x.jfr");
      try (Program curl = profile(pod, file)) {
        assertThat(curl.exitCode()).isZero();
        assertThat(curl.out()).contains("200");
      }
      assertThat(Files.readAllBytes(file)).startsWith('F', 'L', 'R', 0);
    }
  }

  private void areServed(Pod pod) {
    List<String> words = List.of("client", "-conf", CLIENTS, "--json");
    try (Program client = pod.start(image.run(false, CLIENT, words))) {
      assertThat(client.exitCode()).as("%s", client).isZero();
      JsonObject total = new JsonObject(client.out()).getJsonObject("total");
      assertThat(total.getLong("finished")).as("%s", client).isPositive();
      assertThat(total.getLong("failed")).as("%s", client).isZero();
      assertThat(total.getLong("bytes_received")).isPositive();
    }
  }

  private static void aProfileIsRefused(Pod pod) {
    try (Program curl = profile(pod, Path.of("/dev/stdout"))) {
      assertThat(curl.exitCode()).isZero();
      assertThat(curl.out()).contains("503 application/problem+json", "/tmp", "writable");
    }
  }

  private static Program profile(Pod pod, Path file) {
    return pod.start(
        List.of(
            Peers.path("curl"),
            "--silent",
            "--request",
            "POST",
            "--write-out",
            "\\n%{http_code} %{content_type}\\n",
            "--output",
            file.toString(),
            "http://127.0.0.1:9090/api/v1/profile?seconds=1"));
  }

  private int exec(Pod pod, long pid, List<String> words) {
    try (Program program = pod.start(image.exec(pid, words))) {
      return program.exitCode();
    }
  }

  /** Nobody's process, the first of its container. */
  private static void hasNoPrivileges(long pid) throws IOException {
    assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "status")))
        .containsPattern("Uid:\t10001\t10001\t10001\t10001\n")
        .containsPattern("Gid:\t10001\t10001\t10001\t10001\n")
        .containsPattern("CapEff:\t0+\n")
        .containsPattern("CapBnd:\t0+\n")
        .containsPattern("NoNewPrivs:\t1\n")
        .containsPattern("NSpid:\t\\d+\t1\n");
  }

  /** The cache of classes, and Netty's transport from where it was unpacked for good. */
  private static void hasMappedWhatTheImageBrings(long pid) throws IOException {
    assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "maps")))
        .contains("/opt/loble/loble.aot", "/opt/loble/lib/libnetty_transport_native_epoll_")
        .doesNotContain("/tmp/libnetty");
  }

  private void stop(Program program) {
    send(program, signal.replaceFirst("^SIG", ""));
  }

  private static void send(Program program, String signal) {
    String pid = Long.toString(program.inner().pid());
    Program.run(Path.of("/"), List.of("kill", "-s", signal, pid));
  }

  private static Optional<Path> jdk25() throws IOException {
    String told = System.getenv("JAVA25_HOME");
    if (told != null) {
      return Optional.of(Path.of(told));
    }
    if (!Files.isDirectory(JVMS)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(JVMS)) {
      return all.sorted().filter(ImageIT::isJdk25).findFirst();
    }
  }

  private static boolean isJdk25(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/jlink")) || !Files.exists(release)) {
      return false;
    }
    try {
      return Files.readString(release).contains("JAVA_VERSION=\"25");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean namespacesCanBeMade() {
    List<String> command =
        List.of(
            "unshare", "--mount", "--pid", "--net", "--fork", "mount", "-t", "tmpfs", "x", "/mnt");
    try (Program program = Program.start(Path.of("/"), Map.of(), command)) {
      return program.exitCode() == 0;
    }
  }
}
