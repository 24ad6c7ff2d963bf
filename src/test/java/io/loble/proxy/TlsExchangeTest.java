package io.loble.proxy;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.config.source.ListenerTlsFiles;
import io.loble.tls.TestFiles;
import io.netty.pkitesting.X509Bundle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are exchanged while clients are busy. */
class TlsExchangeTest {

  private static final int EXCHANGES = 1_000;
  private static final int CLIENTS = 200;

  /** So few that they leave the exchanges a share of the processor. */
  private static final int THREADS = 2;

  private static final String NAME = "a.example";

  private final RelayMode mode = RelayMode.here().findFirst().orElseThrow();
  private final X509Bundle[] leaves = {leaf(AUTHORITY, NAME), leaf(AUTHORITY, NAME)};
  private final SSLContext trusting = TestFiles.context(leaves[0]);
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong echoed = new AtomicLong();
  private final AtomicInteger cut = new AtomicInteger();

  @TempDir private Path directory = Path.of("");

  /** None of the busy connections is cut, and each new one gets the newest. */
  @Test
  void aThousandExchangesCutNobody() throws Exception {
    ListenerTls tls = TestFiles.listener(TestFiles.write(directory, "leaf", leaves[0]));
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()).tls(tls))) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        List<Wire> wires = new ArrayList<>();
        for (int j = 0; j < CLIENTS / THREADS; j++) {
          wires.add(Wire.client(trusting, proxy.connect(), NAME));
        }
        clients.add(busy(wires));
      }
      await().atMost(30, SECONDS).until(() -> echoed.get() > CLIENTS);
      for (int i = 1; i <= EXCHANGES; i++) {
        exchange(proxy, tls, leaves[i % 2]);
        if (i % 20 == 0) {
          assertThat(shown(proxy)).isEqualTo(leaves[i % 2].getCertificate());
        }
      }
      long before = echoed.get();
      await().atMost(30, SECONDS).until(() -> echoed.get() > before + CLIENTS);
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(cut).hasValue(0);
      assertThat(server.accepted()).isEqualTo(CLIENTS + EXCHANGES / 20);
    }
  }

  private void exchange(TestProxy proxy, ListenerTls tls, X509Bundle bundle) throws IOException {
    TestFiles.write(directory, "leaf", bundle);
    new ListenerRegistry(proxy.vertx()).security("default").exchange(ListenerTlsFiles.read(tls));
  }

  /** Has each of these talk in its turn, without a pause. */
  private Thread busy(List<Wire> wires) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!over.get()) {
                  for (Wire wire : wires) {
                    converse(wire);
                  }
                }
                for (Wire wire : wires) {
                  wire.close();
                }
              } catch (IOException e) {
                cut.incrementAndGet();
              }
            });
    thread.start();
    return thread;
  }

  private void converse(Wire wire) throws IOException {
    byte[] block = new byte[1_000];
    wire.socket().getOutputStream().write(block);
    if (wire.socket().getInputStream().readNBytes(block, 0, block.length) < block.length) {
      throw new EOFException("ended within an answer");
    }
    echoed.incrementAndGet();
  }

  private static X509Certificate shown(TestProxy proxy) throws IOException {
    // A context of its own, since a session that is resumed has the certificate of the first.
    SSLContext fresh = TestFiles.context();
    try (Wire client = Wire.client(fresh, proxy.connect(), NAME)) {
      client.socket().getOutputStream().write(1);
      client.socket().getInputStream().read();
      SSLSocket socket = (SSLSocket) client.socket();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** As a mounted Secret is exchanged: a link is moved to another directory. */
  @Test
  void filesAreFollowedThroughLinks() throws Exception {
    Path[] generations = {
      Files.createDirectory(directory.resolve("1")), Files.createDirectory(directory.resolve("2"))
    };
    for (int i = 0; i < 2; i++) {
      TestFiles.write(generations[i], "tls", leaves[i]);
    }
    Path link = Files.createSymbolicLink(directory.resolve("data"), generations[0]);
    CertificateFiles files =
        new CertificateFiles(
            link.resolve("tls.pem").toString(), link.resolve("tls.key").toString(), "");
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().backend(server.port()).tls(TestFiles.listener(files)))) {
      assertThat(shown(proxy)).isEqualTo(leaves[0].getCertificate());
      Path next = Files.createSymbolicLink(directory.resolve("next"), generations[1]);
      Files.move(next, link, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      await().atMost(10, SECONDS).until(() -> shown(proxy).equals(leaves[1].getCertificate()));
      Files.writeString(generations[1].resolve("tls.key"), "no key");
      await()
          .atMost(10, SECONDS)
          .until(
              () ->
                  new ListenerRegistry(proxy.vertx())
                      .security("default")
                      .trouble()
                      .filter(text -> text.contains("tls.key"))
                      .isPresent());
      assertThat(shown(proxy)).isEqualTo(leaves[1].getCertificate());
    }
  }
}
