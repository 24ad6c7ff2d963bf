package io.loble.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.loble.preface.ClientHelloSniffer;
import io.loble.preface.Decoded;
import io.loble.preface.ProxyAddress;
import io.loble.preface.ProxyDecoder;
import io.loble.preface.ProxyEncoder;
import io.loble.preface.ProxyHeader;
import io.loble.preface.ProxyTlvs;
import io.loble.preface.Sniffed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to read what a connection says before it is relayed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrefaceBenchmark {

  /** As large as those of browsers that offer a post-quantum key. */
  private static final int HELLO_BYTES = 1_700;

  private final ByteBuffer hello = direct(clientHello());
  private final ByteBuffer header = direct(header(ProxyTlvs.NONE));
  private final ByteBuffer longHeader =
      direct(
          header(
              ProxyTlvs.builder()
                  .uniqueId(new byte[16])
                  .authority("db.example.com")
                  .alpn("h2")
                  .build()));

  @Benchmark
  public Sniffed clientHelloAtOnce() {
    return new ClientHelloSniffer().sniff(hello);
  }

  @Benchmark
  public Sniffed clientHelloByteByByte() {
    ClientHelloSniffer sniffer = new ClientHelloSniffer();
    for (int count = 1; count < HELLO_BYTES; count++) {
      sniffer.sniff(hello.limit(count));
    }
    return sniffer.sniff(hello.limit(HELLO_BYTES));
  }

  @Benchmark
  public Decoded proxyHeader() {
    return new ProxyDecoder().decode(header);
  }

  /** With an id, a name, a protocol and a checksum. */
  @Benchmark
  public Decoded proxyHeaderWithTlvs() {
    return new ProxyDecoder().decode(longHeader);
  }

  /** As they come from a socket: outside of the heap. */
  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] header(ProxyTlvs tlvs) {
    ProxyAddress source = new ProxyAddress.Ip(address(1), 50_000);
    ProxyAddress destination = new ProxyAddress.Ip(address(2), 443);
    return ProxyEncoder.v2(
        ProxyHeader.between(source, destination).with(tlvs), !tlvs.equals(ProxyTlvs.NONE));
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** A name, two protocols, two versions, a dozen extensions that say nothing here, and a key. */
  private static byte[] clientHello() {
    ByteBuffer bytes = ByteBuffer.allocate(HELLO_BYTES);
    bytes.put((byte) 22).putShort((short) 0x0301).putShort((short) (HELLO_BYTES - 5));
    bytes.putInt((1 << 24) | (HELLO_BYTES - 9));
    bytes.putShort((short) 0x0303).put(new byte[32]).put((byte) 32).put(new byte[32]);
    bytes.putShort((short) 32).put(new byte[32]).put((byte) 1).put((byte) 0);
    bytes.putShort((short) (HELLO_BYTES - bytes.position() - 2));
    byte[] name = "db.example.com".getBytes(US_ASCII);
    extension(bytes, 0, name.length + 5).putShort((short) (name.length + 3));
    bytes.put((byte) 0).putShort((short) name.length).put(name);
    extension(bytes, 16, 14).putShort((short) 12);
    bytes.put((byte) 2).put("h2".getBytes(US_ASCII));
    bytes.put((byte) 8).put("http/1.1".getBytes(US_ASCII));
    extension(bytes, 43, 7).put((byte) 6).putInt(0x0a0a0304).putShort((short) 0x0303);
    for (int i = 0; i < 12; i++) {
      extension(bytes, 100 + i, 8).putLong(0);
    }
    int key = HELLO_BYTES - bytes.position() - 4;
    extension(bytes, 51, key).put(new byte[key]);
    return bytes.array();
  }

  private static ByteBuffer extension(ByteBuffer to, int type, int length) {
    return to.putShort((short) type).putShort((short) length);
  }
}
