package io.loble.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * New connections, of which each begins with a TLS handshake, has a few bytes echoed and ends.
 *
 * @param reads which certificate the proxy has
 * @param resumes whether the clients resume sessions
 */
record HandshakeLoad(String name, String work, Reads reads, boolean resumes) implements Load {

  private static final int CONNECTIONS = 100;
  private static final ByteBuf SAID =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[64]));

  /** Each client's first handshake in a run has nothing to resume, and a few may fail. */
  private static final int MOST_FULL = 2 * CONNECTIONS;

  static HandshakeLoad full() {
    return new HandshakeLoad(
        "tls-handshake",
        "100 at a time, a full TLS handshake for each 64-byte answer, key on P-256",
        Reads.TLS,
        false);
  }

  static HandshakeLoad fullWithRsa() {
    return new HandshakeLoad(
        "tls-rsa",
        "100 at a time, a full TLS handshake for each 64-byte answer, RSA key of 2,048 bits",
        Reads.TLS_RSA,
        false);
  }

  static HandshakeLoad resumed() {
    return new HandshakeLoad(
        "tls-resume",
        "100 at a time, a resumed TLS session for each 64-byte answer",
        Reads.TLS,
        true);
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing(TlsFiles.PROGRAM).or(TlsClient::missing);
  }

  @Override
  public Backend backend(Path directory) throws Exception {
    return EchoServer.start();
  }

  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    try (TlsClient tls = new TlsClient(port, resumes)) {
      EchoClients.Count count =
          new EchoClients(port, SAID, SAID.readableBytes(), CONNECTIONS, tls).run(seconds);
      tls.check();
      return work(count, resumedPercent(tls));
    }
  }

  private double resumedPercent(TlsClient tls) throws IOException {
    long full = tls.full();
    long resumed = tls.resumed();
    if (resumes ? full > MOST_FULL || resumed == 0 : resumed > 0) {
      throw new IOException("%d handshakes were full, %d resumed".formatted(full, resumed));
    }
    return resumed == 0 ? 0 : 100.0 * resumed / (full + resumed);
  }

  private static Work work(EchoClients.Count count, double resumedPercent) {
    double perSecond = count.answered() * 1e9 / count.nanos();
    return new Work(
        new Sample(
            Map.of(Metric.HANDSHAKES, perSecond, Metric.RESUMED, resumedPercent), count.failed()),
        Metric.CPU_HANDSHAKES,
        count.answered() / 1e5);
  }
}
