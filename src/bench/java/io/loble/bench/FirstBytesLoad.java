package io.loble.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * New connections, of which each says something that the proxy reads, gets its answer and ends.
 *
 * @param said what each says
 * @param relayed how much of that the backend gets, which sends it back
 */
record FirstBytesLoad(String name, String work, Reads reads, ByteBuf said, int relayed)
    implements Load {

  private static final int CONNECTIONS = 100;
  private static final int PAYLOAD = 64;
  private static final byte[] HEADER =
      "PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n".getBytes(US_ASCII);

  static FirstBytesLoad serverName() {
    byte[] hello = ClientHello.bytes();
    return new FirstBytesLoad(
        "sni",
        "100 at a time, a new connection for each ClientHello, which is routed by its server name",
        Reads.SERVER_NAME,
        Unpooled.wrappedBuffer(hello),
        hello.length);
  }

  static FirstBytesLoad proxyHeader() {
    return new FirstBytesLoad(
        "proxy",
        "100 at a time, a new connection for each 64-byte answer, with a header of the PROXY protocol",
        Reads.PROXY_HEADER,
        Unpooled.wrappedBuffer(Arrays.copyOf(HEADER, HEADER.length + PAYLOAD)),
        PAYLOAD);
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public Backend backend(Path directory) throws Exception {
    return EchoServer.start();
  }

  @Override
  public Work run(Path directory, int port, int seconds) throws Exception {
    EchoClients clients = new EchoClients(port, said, relayed, CONNECTIONS, Transport.PLAIN);
    EchoClients.Count count = clients.run(seconds);
    double perSecond = count.answered() * 1e9 / count.nanos();
    return new Work(
        new Sample(Map.of(Metric.CONNECTIONS, perSecond), count.failed()),
        Metric.CPU_CONNECTIONS,
        count.answered() / 1e5);
  }
}
