package io.loble.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server with an empty cluster. It refuses to run as root, so root lends it a user.
 */
record Postgres(int port, Program program, Path data) implements AutoCloseable {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  static Postgres start() throws IOException {
    return start(false);
  }

  /** One that speaks TLS to clients that ask for it. */
  static Postgres startWithTls() throws IOException {
    return start(true);
  }

  private static Postgres start(boolean tls) throws IOException {
    Path data = Files.createTempDirectory("loble-postgres");
    if (ROOT) {
      run(List.of("chown", "postgres", data.toString()));
    }
    run(asUser(Peers.path("initdb"), "-D", data + "/cluster", "-U", "loble", "-A", "trust", "-N"));
    if (tls) {
      makeCertificate(data + "/cluster");
    }
    int port = Peers.freePort();
    List<String> command =
        asUser(
            Peers.path("postgres"),
            "-D",
            data + "/cluster",
            "-p",
            "" + port,
            "-h",
            "127.0.0.1",
            "-F",
            "-c",
            "ssl=" + (tls ? "on" : "off"),
            "-k",
            "");
    Program program = Program.start(Path.of("/"), Map.of(), command);
    Peers.awaitPort(port, program);
    return new Postgres(port, program, data);
  }

  /** Under the names that a server looks for. */
  private static void makeCertificate(String cluster) {
    run(
        asUser(
            Peers.path("openssl"),
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-keyout",
            cluster + "/server.key",
            "-out",
            cluster + "/server.crt"));
  }

  private static void run(List<String> command) {
    Program.run(Path.of("/"), command);
  }

  /** With setpriv rather than su, the program itself is what was started, and gets the signals. */
  private static List<String> asUser(String... command) {
    List<String> all = new ArrayList<>();
    if (ROOT) {
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  /** Lets it end in its own way, which takes its shared memory with it. */
  @Override
  public void close() {
    program.terminate();
    program.exitCode();
    program.close();
    run(List.of("rm", "-r", data.toString()));
  }
}
