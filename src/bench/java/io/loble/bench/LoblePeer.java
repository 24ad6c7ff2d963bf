package io.loble.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged Loble, run as users run it.
 *
 * @param name what it is called on the command line
 * @param title what the table calls it
 * @param jar the program
 * @param launcher how it is started, up to its own arguments
 * @param pool what its configuration says of its pool
 */
record LoblePeer(String name, String title, Path jar, List<String> launcher, String pool)
    implements Peer {

  static final String NAME = "loble";

  /** The name of another build of it, to compare with. */
  static final String BEFORE = "loble-before";

  /** The name of it when it looks at each answer: what that costs. */
  static final String WATCHING = "loble-watching";

  /** Of a pool that has everything by default. */
  static final String PLAIN = "";

  /** Of one whose backends are chosen, and ejected, by how fast they answer. */
  static final String WATCHED =
      """
      [pools.default]
      algorithm = "peak_ewma"
      [pools.default.ejection]
      enabled = true
      slow = 5.0
      """;

  /** In the line that it prints when it runs. */
  private static final Pattern ADMIN = Pattern.compile("admin on 127\\.0\\.0\\.1:(\\d+),");

  private static final int OK = 200;
  private static final int PATIENCE_MILLIS = 30_000;

  /** No probes, since the others send none either. */
  private static final String TOML =
      """
      [listener]
      address = "127.0.0.1:%d"
      %s

      [admin]
      address = "127.0.0.1:0"
      [health.active]
      enabled = false
      %s
      [[pools.default.backends]]
      address = "127.0.0.1:%d"
      """;

  private static final String ROUTE =
      """
      [[listener.routes]]
      sni = ["%s"]
      pool = "default"
      """
          .formatted(ClientHello.SERVER_NAME);

  private static final String TLS =
      """
      [listener.tls]
      certificates = [{ cert = "%s", key = "%s" }]
      """
          .formatted(TlsFiles.CERT, TlsFiles.KEY);

  @Override
  public Optional<String> missing() {
    return missing(jar);
  }

  /** Why a jar cannot be run. */
  static Optional<String> missing(Path jar) {
    return Files.isRegularFile(jar) ? Optional.empty() : Optional.of(jar + " is not built");
  }

  /** How it is started with a configuration file of its directory. */
  static List<String> withConfig(List<String> launcher, String file) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("-conf", "{\"config\": \"" + file + "\"}"));
    return command;
  }

  @Override
  public boolean awaitReady(Server started) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_MILLIS; i++) {
      if (isReady(started.output())) {
        return true;
      }
      Thread.sleep(1);
    }
    throw new IOException("it does not become ready:\n" + started.output());
  }

  private static boolean isReady(String output) throws IOException {
    Matcher admin = ADMIN.matcher(output);
    if (!admin.find()) {
      return false;
    }
    URL ready = new URL("http", "127.0.0.1", Integer.parseInt(admin.group(1)), "/readyz");
    return ((HttpURLConnection) ready.openConnection()).getResponseCode() == OK;
  }

  @Override
  public List<String> command(Path directory, int port, int backendPort, Reads reads)
      throws IOException {
    String conf = name + ".toml";
    Files.writeString(
        directory.resolve(conf), TOML.formatted(port, front(reads), pool, backendPort));
    return withConfig(launcher, conf);
  }

  private static String front(Reads reads) {
    return switch (reads) {
      case NOTHING -> "";
      case SERVER_NAME -> ROUTE;
      case PROXY_HEADER -> "accept_proxy = \"required\"";
      case TLS, TLS_RSA -> TLS;
      case REQUESTS -> "mode = \"http\"";
    };
  }
}
