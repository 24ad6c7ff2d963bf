package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others say first: proxies in front that name their clients, and TLS clients that name their
 * server.
 */
class FrontPeersTest {

  /** Of this machine, and not what connections come from that choose no address. */
  private static final String CLIENT = "127.0.0.7";

  private final Path directory;
  private final int port = Peers.freePort();
  private @Nullable InProcess loble;

  FrontPeersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
  void haproxyNamesItsClients(String how) throws Exception {
    int front = Peers.freePort();
    String conf =
        """
        defaults
          mode tcp
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        listen front
          bind 127.0.0.1:%d
          server loble 127.0.0.1:%d %s
        """
            .formatted(front, port, how);
    Path file = Files.writeString(directory.resolve("haproxy.cfg"), conf);
    List<String> command = List.of(Peers.path("haproxy"), "-db", "-f", file.toString());
    clientsAreNamedThrough(front, command);
  }

  @Test
  void nginxNamesItsClients() throws Exception {
    int front = Peers.freePort();
    String conf =
        """
        %1$s
        daemon off;
        master_process off;
        pid %2$s/nginx.pid;
        error_log stderr;
        events {}
        stream {
          server {
            listen 127.0.0.1:%3$d;
            proxy_pass 127.0.0.1:%4$d;
            proxy_protocol on;
          }
        }
        """
            .formatted(streamModule(), directory, front, port);
    Path file = Files.writeString(directory.resolve("nginx.conf"), conf);
    List<String> command =
        List.of(Peers.path("nginx"), "-p", directory.toString(), "-c", file.toString());
    clientsAreNamedThrough(front, command);
  }

  /** Debian has it in a file of its own. */
  private static String streamModule() {
    Path module = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
    if (!Files.exists(module)) {
      throw Peers.missing("nginx has no stream module");
    }
    return "load_module " + module + ";";
  }

  private void clientsAreNamedThrough(int front, List<String> proxy) throws Exception {
    try (Server own = answering("own");
        Server named = answering("named")) {
      start(proxied(own, named));
      try (Program program = Program.start(directory, Map.of(), proxy)) {
        Peers.awaitPort(front, program);
        assertThat(line(front, CLIENT)).isEqualTo("named");
        assertThat(line(front, "127.0.0.1")).isEqualTo("own");
      }
    }
  }

  @Test
  void curlNamesItself() throws Exception {
    String curl = Peers.path("curl");
    try (Nginx nginx = Nginx.start(directory)) {
      start(listener("accept_proxy = \"required\"", "own") + pool("own", nginx.port()));
      Files.writeString(directory.resolve("page"), "the page");
      String url = "http://127.0.0.1:" + port + "/page";
      assertThat(run(curl, "-sSf", "--haproxy-protocol", url, url)).startsWith("the pagethe page");
      try (Program without = Program.start(directory, Map.of(), List.of(curl, "-sSf", url))) {
        assertThat(without.exitCode()).isEqualTo(56);
      }
    }
  }

  @Test
  void opensslGetsTheServerThatItNames() throws Exception {
    int one = Peers.freePort();
    int two = Peers.freePort();
    String routes = route("sni = [\"*.one.example\"]", "one") + route("alpn = [\"h2\"]", "two");
    String toml = listener("", "") + routes + pool("one", one) + pool("two", two);
    try (Program first = tlsServer("one", one);
        Program second = tlsServer("two", two)) {
      start(toml);
      Peers.awaitPort(one, first);
      Peers.awaitPort(two, second);
      assertThat(subject("-servername", "a.one.example")).isEqualTo("one");
      assertThat(subject("-servername", "a.one.example", "-alpn", "h2")).isEqualTo("one");
      assertThat(subject("-servername", "a.two.example", "-alpn", "x,h2")).isEqualTo("two");
      assertThat(subject("-noservername", "-alpn", "h2", "-tls1_2")).isEqualTo("two");
      assertThat(subject("-servername", "a.two.example")).isEmpty();
    }
  }

  @Test
  void psqlHasTlsUpToItsServer() throws Exception {
    Peers.path("psql");
    try (Postgres postgres = Postgres.startWithTls()) {
      start(
          listener("starttls = \"postgres\"", "plain")
              + route("sni = [\"localhost\"]", "tls")
              + pool("plain", postgres.port())
              + pool("tls", postgres.port()));
      assertThat(psql("require")).isEqualTo("t");
      assertThat(psql("prefer")).isEqualTo("t");
      assertThat(psql("disable")).isEqualTo("f");
    }
  }

  private String psql(String sslMode) {
    String database =
        "host=localhost hostaddr=127.0.0.1 port=%d user=loble dbname=postgres sslmode=%s"
            .formatted(port, sslMode);
    String query = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
    return run(Peers.path("psql"), "-X", "-At", database, "-c", query).strip();
  }

  private Program tlsServer(String name, int at) {
    String openssl = Peers.path("openssl");
    run(
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".crt");
    return Program.start(
        directory,
        Map.of(),
        List.of(
            openssl,
            "s_server",
            "-accept",
            "127.0.0.1:" + at,
            "-cert",
            name + ".crt",
            "-key",
            name + ".key",
            "-alpn",
            "h2,x",
            "-quiet"));
  }

  /** The name in the certificate that a TLS client is shown; empty when it is shown none. */
  private String subject(String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Peers.path("openssl"), "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    try (Program client = Program.start(directory, Map.of(), command)) {
      client.exitCode();
      return client
          .out()
          .lines()
          .filter(line -> line.startsWith("subject="))
          .map(line -> line.replaceFirst("subject=.*CN *= *", ""))
          .findFirst()
          .orElse("");
    }
  }

  @AfterEach
  void stop() {
    if (loble != null) {
      loble.close();
    }
  }

  private void start(String toml) throws IOException {
    String admin = "[admin]\naddress = \"127.0.0.1:0\"\n";
    Path file = Files.writeString(directory.resolve("front.toml"), admin + toml);
    loble = InProcess.start(file, "1h");
    await().atMost(30, SECONDS).ignoreExceptions().until(() -> accepts(port));
  }

  private static boolean accepts(int port) throws IOException {
    Ask.connect(port).close();
    return true;
  }

  private String proxied(Server own, Server named) {
    return listener("accept_proxy = \"required\"", "own")
        + route("client = [\"" + CLIENT + "\"]", "named")
        + pool("own", own.port())
        + pool("named", named.port());
  }

  private String listener(String keys, String pool) {
    return "[[listeners]]\nname = \"edge\"\naddress = \"127.0.0.1:%d\"\npool = \"%s\"\n%s\n"
        .formatted(port, pool, keys);
  }

  private static String route(String conditions, String pool) {
    return "[[listeners.routes]]\n%s\npool = \"%s\"\n".formatted(conditions, pool);
  }

  private static String pool(String name, int port) {
    return "[[pools.%s.backends]]\naddress = \"127.0.0.1:%d\"\n".formatted(name, port);
  }

  /** A server that answers a line with its name. */
  private static Server answering(String name) throws IOException {
    return Server.start(
        socket -> {
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
          if ("hello".equals(in.readLine())) {
            socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  /** What a client from that address is answered. */
  private static String line(int port, String from) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answers.readLine());
    }
  }

  private String run(String... command) {
    return Program.run(directory, List.of(command));
  }
}
