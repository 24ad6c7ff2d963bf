package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of a listener's Unix socket: how it comes, what is in its way, and how it goes. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UnixListenerTest {

  @TempDir private Path directory = Path.of("");
  @TempDir private Path conf = Path.of("");

  @Test
  void theFileHasItsModeAndGoesWithTheListener() throws Exception {
    try (Server server = Server.echoing()) {
      try (InProcess balancer = start(listener("edge.sock"), server)) {
        assertThat(balancer.vertx().isNativeTransportEnabled()).isTrue();
        assertThat(mode("edge.sock")).isEqualTo("rw-rw----");
        assertThat(echo("edge.sock")).isEqualTo("hello");
        assertThat(files()).containsExactly("edge.sock");
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aReloadChangesTheModeOfTheOpenSocket() throws Exception {
    try (Server server = Server.echoing();
        InProcess balancer = start(listener("edge.sock") + "socket_mode = \"0600\"\n", server);
        SocketChannel client = connect("edge.sock")) {
      assertThat(mode("edge.sock")).isEqualTo("rw-------");
      assertThat(reload(balancer, listener("edge.sock") + "socket_mode = \"666\"\n", server))
          .isEqualTo(200);
      assertThat(mode("edge.sock")).isEqualTo("rw-rw-rw-");
      assertThat(echo(client)).isEqualTo("hello");
    }
  }

  @Test
  void aDeadSocketIsReplaced() throws Exception {
    try (ServerSocketChannel killed = bind("edge.sock")) {
      assertThat(killed.isOpen()).isTrue();
    }
    assertThat(files()).containsExactly("edge.sock");
    try (Server server = Server.echoing();
        InProcess balancer = start(listener("edge.sock"), server)) {
      assertThat(balancer.vertx().isNativeTransportEnabled()).isTrue();
      assertThat(echo("edge.sock")).isEqualTo("hello");
    }
  }

  @Test
  void aLiveSocketIsLeftAlone() throws Exception {
    try (Server server = Server.echoing();
        ServerSocketChannel other = bind("edge.sock")) {
      assertThatThrownBy(() -> start(listener("edge.sock"), server).close())
          .hasMessageEndingWith(
              "listener 'default': cannot listen on %s: another process listens there"
                  .formatted(address("edge.sock")));
      try (SocketChannel client = connect("edge.sock");
          SocketChannel looked = other.accept();
          SocketChannel accepted = other.accept()) {
        assertThat(client.isConnected()).isTrue();
        assertThat(looked.isOpen() && accepted.isOpen()).isTrue();
      }
    }
  }

  @Test
  void anotherKindOfFileIsLeftAlone() throws Exception {
    Files.writeString(directory.resolve("edge.sock"), "precious");
    try (Server server = Server.echoing()) {
      assertThatThrownBy(() -> start(listener("edge.sock"), server).close())
          .hasMessageEndingWith(
              "cannot listen on %s: the file there is no socket, and is left alone"
                  .formatted(address("edge.sock")));
    }
    assertThat(directory.resolve("edge.sock")).hasContent("precious");
  }

  @Test
  void aFileThatIsNotOursAnyMoreStays() throws Exception {
    try (Server server = Server.echoing()) {
      try (InProcess balancer = start(listener("edge.sock"), server)) {
        assertThat(balancer.vertx().isNativeTransportEnabled()).isTrue();
        Files.delete(directory.resolve("edge.sock"));
        Files.writeString(directory.resolve("edge.sock"), "another's");
      }
    }
    assertThat(directory.resolve("edge.sock")).hasContent("another's");
  }

  @Test
  void reloadsAddAndRemoveListeners() throws Exception {
    try (Server server = Server.echoing();
        InProcess balancer = start(listener("one.sock"), server);
        SocketChannel old = connect("one.sock")) {
      assertThat(echo(old)).isEqualTo("hello");
      Object inode = inode("one.sock");
      assertThat(reload(balancer, listener("one.sock") + second("two.sock"), server))
          .isEqualTo(200);
      assertThat(echo("two.sock")).isEqualTo("hello");
      assertThat(inode("one.sock")).isEqualTo(inode);
      assertThat(echo(old)).isEqualTo("hello");

      assertThat(reload(balancer, listener("two.sock"), server)).isEqualTo(200);
      assertThat(echo("two.sock")).isEqualTo("hello");
      await().atMost(10, SECONDS).until(() -> !files().contains("one.sock"));
      assertThat(echo(old)).isEqualTo("hello");
    }
  }

  @Test
  void whatCannotBeOpenedAtAReloadChangesNothing() throws Exception {
    Files.writeString(directory.resolve("file"), "precious");
    try (Server server = Server.echoing();
        InProcess balancer = start(listener("one.sock"), server);
        ServerSocketChannel live = bind("live.sock")) {
      assertThat(live.isOpen()).isTrue();
      assertThat(refused(balancer, second("file"), server))
          .isEqualTo(
              "listener 'second': cannot listen on %s: the file there is no socket, and is left"
                      .formatted(address("file"))
                  + " alone");
      assertThat(refused(balancer, second("live.sock"), server))
          .endsWith(": another process listens there");
      assertThat(refused(balancer, second("nowhere/x.sock"), server))
          .endsWith(": there is no directory " + directory.resolve("nowhere"));
      assertThat(echo("one.sock")).isEqualTo("hello");
      assertThat(directory.resolve("file")).hasContent("precious");
    }
  }

  @Test
  void javasTransportHasNone() throws Exception {
    try (Server server = Server.echoing()) {
      Path file = file(listener("edge.sock"), server);
      assertThatThrownBy(() -> InProcess.start(Transport.NIO, file, "1h").close())
          .hasMessageEndingWith(
              "listener 'default': transport nio has no Unix sockets; use transport epoll");
      file("[listener]\naddress = \"127.0.0.1:0\"\n", server);
      try (InProcess balancer = InProcess.start(Transport.NIO, file, "1h")) {
        Answer answer =
            new Faces(balancer.vertx(), 0)
                .overBus(Call.of("backend.add", "pool", "default", "address", "unix:/x"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().getString("detail"))
            .isEqualTo("backend 'unix:/x': transport nio has no Unix sockets; use transport epoll");
      }
    }
  }

  @Test
  void bothEventLoopsServeOneSocket() throws Exception {
    try (Server server = Server.echoing();
        InProcess balancer = start(listener("edge.sock"), server)) {
      List<SocketChannel> clients = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          SocketChannel client = connect("edge.sock");
          clients.add(client);
          assertThat(echo(client)).isEqualTo("hello");
        }
        JsonObject live =
            new Faces(balancer.vertx(), 0)
                .overBus(new JsonObject().put("command", "connection.list"), 200)
                .body();
        assertThat(live.getJsonArray("connections").stream().map(JsonObject.class::cast))
            .hasSize(20)
            .allMatch(connection -> connection.getString("client").equals("unix"))
            .map(connection -> connection.getString("id").split("-", 2)[0])
            .contains("w1", "w2");
      } finally {
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  /** A socket can be in an epoll instance but once. */
  @Test
  void twoProxiesOnOneEventLoopServeOneSocket() throws Exception {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(Transport.EPOLL)
            .build();
    try (Server server = Server.echoing()) {
      JsonObject settings =
          new JsonObject()
              .put("config", file(listener("edge.sock"), server).toString())
              .put("reload_interval", "1h")
              .put("instances", 2);
      vertx.deployVerticle("loble:main", new DeploymentOptions().setConfig(settings)).await();
      for (int i = 0; i < 4; i++) {
        assertThat(echo("edge.sock")).isEqualTo("hello");
      }
      assertThat(reload(new Faces(vertx, 0), listener("two.sock"), server)).isEqualTo(200);
      assertThat(echo("two.sock")).isEqualTo("hello");
    } finally {
      vertx.close().await();
    }
    assertThat(files()).isEmpty();
  }

  private InProcess start(String listeners, Server server) throws IOException {
    return InProcess.start(file(listeners, server), "1h");
  }

  private Path file(String listeners, Server server) throws IOException {
    return Files.writeString(
        conf.resolve("loble.toml"),
        """
        %s
        [admin]
        address = "127.0.0.1:0"
        [[backends]]
        address = "127.0.0.1:%d"
        """
            .formatted(listeners, server.port()));
  }

  private int reload(InProcess balancer, String listeners, Server server) throws Exception {
    return reload(new Faces(balancer.vertx(), 0), listeners, server);
  }

  private int reload(Faces faces, String listeners, Server server) throws Exception {
    file(listeners, server);
    return faces.overBus(Call.of("config.reload")).status();
  }

  /** What is wrong with a listener beside the first. */
  private String refused(InProcess balancer, String second, Server server) throws Exception {
    file(listener("one.sock") + second, server);
    Answer answer = new Faces(balancer.vertx(), 0).overBus(Call.of("config.reload"));
    assertThat(answer.status()).isEqualTo(409);
    return answer.body().getString("detail");
  }

  private String listener(String name) {
    return "[listener]\naddress = \"%s\"\n".formatted(address(name));
  }

  private String second(String name) {
    return "[[listeners]]\nname = \"second\"\naddress = \"%s\"\n".formatted(address(name));
  }

  private String address(String name) {
    return "unix:" + directory.resolve(name);
  }

  private ServerSocketChannel bind(String name) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(directory.resolve(name)));
  }

  private SocketChannel connect(String name) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(name)));
  }

  private String echo(String name) throws IOException {
    try (SocketChannel client = connect(name)) {
      return echo(client);
    }
  }

  private static String echo(SocketChannel client) throws IOException {
    client.write(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
    ByteBuffer answer = ByteBuffer.allocate(5);
    while (answer.hasRemaining() && client.read(answer) >= 0) {
      // Goes on.
    }
    return new String(answer.array(), 0, answer.position(), US_ASCII);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private Object inode(String name) throws IOException {
    return Files.getAttribute(directory.resolve(name), "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(directory)) {
      return all.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
