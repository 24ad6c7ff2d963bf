package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to the admin port, clients are relayed; and afterwards it answers again. */
@TestInstance(Lifecycle.PER_CLASS)
class AdminUnderAttackIT {

  private static final int DESCRIPTORS = 4_000;
  private static final int BACKENDS = 1_000;
  private static final int CLIENTS = 40;
  private static final Duration ATTACK = Duration.ofSeconds(4);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private Balancer balancer;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    EchoServer server = EchoServer.start(vertx);
    StringBuilder toml = new StringBuilder(Balancer.toml("[health.active]\ninterval = \"5s\"\n"));
    for (int i = 0; i < BACKENDS; i++) {
      toml.append("[[backends]]\naddress = \"")
          .append(server.address(1 + i / 250, 1 + i % 250))
          .append("\"\n");
    }
    Files.writeString(directory.resolve("loble.toml"), toml);
    balancer =
        Balancer.of(
            directory,
            Loble.startWithin(
                DESCRIPTORS,
                directory,
                List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
                "run",
                "-conf",
                "{\"config\": \"loble.toml\"}"));
  }

  @AfterAll
  void stop() {
    balancer.close();
    vertx.close().await();
  }

  @AfterEach
  void nothingHasSuffered() {
    await()
        .atMost(RECOVERY)
        .ignoreExceptions()
        .until(() -> balancer.admin().get("/livez").statusCode() == 200);
    assertThat(balancer.program().isAlive()).isTrue();
    assertThat(balancer.program().out()).doesNotContain(" DOWN ", "OutOfMemory");
  }

  @ParameterizedTest
  @EnumSource
  void clientsAreRelayedMeanwhile(Attack attack) throws IOException {
    List<SocketChannel> hostile = new ArrayList<>();
    try {
      begin(attack, hostile);
      for (int i = 0; i < CLIENTS; i++) {
        assertEcho(i);
      }
    } finally {
      for (SocketChannel channel : hostile) {
        channel.close();
      }
    }
  }

  @Test
  void clientsAreRelayedWhileConnectionsComeAndGo() throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      for (int j = 0; j < 50; j++) {
        connect().close();
      }
      assertEcho(i);
    }
  }

  /** Opens its connections, and sends on all of them in turn what they take, for some time. */
  private void begin(Attack attack, List<SocketChannel> hostile) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(attack.bytes());
    List<ByteBuffer> left = new ArrayList<>();
    for (int i = 0; i < attack.connections(); i++) {
      SocketChannel channel = connect();
      channel.configureBlocking(false);
      hostile.add(channel);
      left.add(bytes.duplicate());
    }
    long end = System.nanoTime() + ATTACK.toNanos();
    boolean moving = true;
    while (moving && System.nanoTime() < end) {
      moving = false;
      for (int i = 0; i < left.size(); i++) {
        moving |= write(hostile.get(i), left.get(i));
      }
    }
  }

  private static boolean write(SocketChannel channel, ByteBuffer bytes) {
    try {
      return bytes.hasRemaining() && channel.write(bytes) >= 0;
    } catch (IOException e) {
      // It was turned away.
      bytes.position(bytes.limit());
      return false;
    }
  }

  private SocketChannel connect() throws IOException {
    String address = balancer.admin().address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private void assertEcho(int value) throws IOException {
    try (Socket client = Ask.connect(balancer.port())) {
      client.setSoTimeout((int) SECONDS.toMillis(10));
      client.getOutputStream().write(value);
      assertThat(client.getInputStream().read()).isEqualTo(value);
    }
  }
}
