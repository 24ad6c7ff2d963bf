package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a listener says about its socket: {@code backlog} and {@code v6only}. */
@EnabledOnOs(OS.LINUX)
class ListenerSocketTest {

  private final int port = Peers.freePort();

  @TempDir private Path directory = Path.of("");

  @Test
  void bothFamiliesHaveAListenerOnOnePort() throws Exception {
    requireIpv6();
    try (Server four = saying("4");
        Server six = saying("6")) {
      ConfigFile file = ConfigFile.create(directory, both(four, six));
      try (InProcess balancer = InProcess.start(file.path(), "1h")) {
        assertThat(balancer.vertx().isNativeTransportEnabled()).isTrue();
        assertThat(answer("127.0.0.1")).isEqualTo("4");
        assertThat(answer("::1")).isEqualTo("6");
      }
    }
  }

  @Test
  void aReloadMakesRoomForTheOtherFamily() throws Exception {
    requireIpv6();
    try (Server four = saying("4");
        Server six = saying("6")) {
      ConfigFile file = ConfigFile.create(directory, toml(listener("six", "[::]", ""), four, six));
      try (InProcess balancer = InProcess.start(file.path(), "1h")) {
        Faces faces = new Faces(balancer.vertx(), 0);
        assertThat(answer("127.0.0.1")).isEqualTo("6");

        file.rename(both(four, six));
        reload(faces);
        assertThat(answer("127.0.0.1")).isEqualTo("4");
        assertThat(answer("::1")).isEqualTo("6");
        assertThat(listeners(faces)).containsExactly("four", "six");

        file.rename(toml(listener("six", "[::]", ""), four, six));
        reload(faces);
        await().atMost(10, SECONDS).until(() -> answer("127.0.0.1").equals("6"));
        assertThat(listeners(faces)).containsExactly("six");
      }
    }
  }

  @Test
  void aReloadChangesTheBacklogOfTheOpenSocket() throws Exception {
    try (Server server = Server.echoing()) {
      ConfigFile file = ConfigFile.create(directory, withBacklog(7, server));
      try (InProcess balancer = InProcess.start(file.path(), "1h");
          Socket client = Ask.connect(port)) {
        echoes(client);
        assertThat(backlogs()).isNotEmpty().allMatch(backlog -> backlog == 7);
        file.rename(withBacklog(9, server));
        reload(new Faces(balancer.vertx(), 0));
        assertThat(backlogs()).isNotEmpty().allMatch(backlog -> backlog == 9);
        echoes(client);
      }
    }
  }

  @Test
  void aCommandChangesTheBacklogOfTheOpenSocket() throws Exception {
    try (Server server = Server.echoing()) {
      ConfigFile file = ConfigFile.create(directory, withBacklog(7, server));
      try (InProcess balancer = InProcess.start(file.path(), "1h");
          Socket client = Ask.connect(port)) {
        echoes(client);
        assertThat(setBacklog(balancer).status()).isEqualTo(200);
        assertThat(backlogs()).isNotEmpty().allMatch(backlog -> backlog == 9);
        echoes(client);
      }
    }
  }

  @Test
  void aCommandDoesNotOpenAListenerAnewForAnotherBacklog() throws Exception {
    try (Server server = Server.echoing()) {
      ConfigFile file = ConfigFile.create(directory, withBacklog(7, server));
      try (InProcess balancer = InProcess.start(Transport.NIO, file.path(), "1h");
          Socket client = Ask.connect(port)) {
        echoes(client);
        Answer refused = setBacklog(balancer);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().getString("detail"))
            .isEqualTo(
                "backlog: cannot be changed without opening the listener anew;"
                    + " change it in the file, or remove the listener and add it again");
        echoes(client);
      }
    }
  }

  private static Answer setBacklog(InProcess balancer) {
    return new Faces(balancer.vertx(), 0)
        .overBus(Call.of("listener.update", "name", "default", "backlog", 9));
  }

  @Test
  void javasTransportOpensAListenerAnewForAnotherBacklog() throws Exception {
    try (Server server = Server.echoing()) {
      ConfigFile file = ConfigFile.create(directory, withBacklog(7, server));
      try (InProcess balancer = InProcess.start(Transport.NIO, file.path(), "1h");
          Socket client = Ask.connect(port)) {
        Faces faces = new Faces(balancer.vertx(), 0);
        echoes(client);
        file.rename(withBacklog(9, server));
        reload(faces);
        assertThat(listeners(faces)).containsExactly("default");
        try (Socket next = Ask.connect(port)) {
          echoes(next);
        }
      }
    }
  }

  @Test
  void javasTransportCannotKeepIpv4Away() throws Exception {
    try (Server server = Server.echoing()) {
      String dual = toml(listener("six", "[::]", ""), server, server);
      String alone = toml(listener("six", "[::]", "v6only = true"), server, server);
      ConfigFile file = ConfigFile.create(directory, alone);
      assertThatThrownBy(() -> InProcess.start(Transport.NIO, file.path(), "1h").close())
          .hasMessageEndingWith(
              "listener 'six': cannot listen on [::]:" + port + ": v6only needs transport epoll");
      file.rename(dual);
      try (InProcess balancer = InProcess.start(Transport.NIO, file.path(), "1h")) {
        file.rename(alone);
        Answer refused = new Faces(balancer.vertx(), 0).overBus(Call.of("config.reload"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().getString("detail"))
            .isEqualTo("listener 'six': v6only needs transport epoll");
        Ask.connect(port).close();
      }
    }
  }

  /** Of 4 MiB at 256 KiB a second. */
  @Test
  void aReloadChangesTheBandwidthOfNewConnections() throws Exception {
    byte[] answer = new byte[4 << 20];
    try (Server server = Server.start(socket -> socket.getOutputStream().write(answer))) {
      ConfigFile file = ConfigFile.create(directory, withBandwidth("256KiB/s", server));
      long begun = System.nanoTime();
      try (InProcess balancer = InProcess.start(file.path(), "1h");
          Socket slow = Ask.connect(port)) {
        assertThat(slow.getInputStream().readNBytes(1)).hasSize(1);
        file.rename(withBandwidth("", server));
        reload(new Faces(balancer.vertx(), 0));
        long start = System.nanoTime();
        try (Socket fast = Ask.connect(port)) {
          assertThat(fast.getInputStream().readAllBytes()).hasSameSizeAs(answer);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(Duration.ofSeconds(4));
        int twoSeconds = 512 << 10;
        assertThat(slow.getInputStream().readNBytes(twoSeconds)).hasSize(twoSeconds);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isGreaterThan(Duration.ofMillis(1_400));
      }
    }
  }

  private String withBandwidth(String bandwidth, Server server) {
    return withBacklog(7, server).replace("backlog = 7", "bandwidth = \"" + bandwidth + '"');
  }

  private String both(Server four, Server six) {
    return toml(
        listener("four", "0.0.0.0", "v6only = true") + listener("six", "[::]", "v6only = true"),
        four,
        six);
  }

  private String withBacklog(int backlog, Server server) {
    return """
        [listener]
        address = "127.0.0.1:%d"
        backlog = %d
        [admin]
        address = "127.0.0.1:0"
        [[backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(port, backlog, server.port());
  }

  private String listener(String name, String host, String more) {
    return """
        [[listeners]]
        name = "%1$s"
        address = "%2$s:%3$d"
        pool = "%1$s"
        %4$s
        """
        .formatted(name, host, port, more);
  }

  private static String toml(String listeners, Server four, Server six) {
    return """
        timeouts.drain = "0s"
        health.active.enabled = false
        [admin]
        address = "127.0.0.1:0"
        [[pools.four.backends]]
        address = "127.0.0.1:%d"
        [[pools.six.backends]]
        address = "127.0.0.1:%d"
        """
            .formatted(four.port(), six.port())
        + listeners;
  }

  private static Server saying(String text) throws IOException {
    return Server.start(socket -> socket.getOutputStream().write(text.getBytes(US_ASCII)));
  }

  private String answer(String host) throws IOException {
    try (Socket client = new Socket()) {
      client.setSoTimeout(10_000);
      client.connect(new InetSocketAddress(InetAddress.getByName(host), port), 10_000);
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static void echoes(Socket client) throws IOException {
    client.getOutputStream().write("hello".getBytes(US_ASCII));
    assertThat(client.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("hello");
  }

  private static void reload(Faces faces) {
    assertThat(faces.overBus(Call.of("config.reload")))
        .satisfies(answer -> assertThat(answer.done()).as("%s", answer.body()).isTrue());
  }

  private static List<String> listeners(Faces faces) {
    return new ShownState(faces.overBus(Call.of("status")).body())
        .listeners().keySet().stream().sorted().toList();
  }

  /** Of each listening socket there, as the kernel tells. */
  private List<Integer> backlogs() {
    List<String> command = List.of(Peers.path("ss"), "-Hltn", "sport = :" + port);
    String table = Program.run(directory, command);
    return table.lines().map(line -> Integer.valueOf(line.strip().split("\\s+", -1)[2])).toList();
  }

  private static void requireIpv6() throws SocketException {
    boolean present =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1"));
    if (!present) {
      throw Peers.missing("there is no IPv6 here");
    }
  }
}
