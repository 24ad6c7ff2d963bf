package io.loble.preface;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What Netty's codec writes is read here, and the other way round. */
class ProxyInteropTest {

  private static final int HEADERS = 500;

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @RepeatedTest(2)
  void readsWhatNettyWrites() throws Exception {
    for (int i = 0; i < HEADERS; i++) {
      HAProxyProxiedProtocol protocol = anyProtocol();
      boolean text = random.nextBoolean() && isTcp(protocol);
      String source = address(protocol);
      String destination = address(protocol);
      boolean ports = isIp(protocol);
      HAProxyMessage message =
          new HAProxyMessage(
              text ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2,
              HAProxyCommand.PROXY,
              protocol,
              source,
              destination,
              ports ? random.nextInt(1, 65536) : 0,
              ports ? random.nextInt(1, 65536) : 0,
              text ? List.of() : nettyTlvs());
      List<HAProxyTLV> tlvs = message.tlvs();
      byte[] bytes = written(message);

      Decoded decoded = Feeding.decodeAtOnce(bytes);
      String what = "seed " + seed + ": " + HexFormat.of().formatHex(bytes);
      assertThat(decoded).as(what).isInstanceOf(Decoded.Header.class);
      Decoded.Header header = (Decoded.Header) decoded;
      assertThat(header.length()).as(what).isEqualTo(bytes.length);
      assertThat(header.header().source())
          .as(what)
          .isEqualTo(end(protocol, source, message.sourcePort()));
      assertThat(header.header().destination())
          .as(what)
          .isEqualTo(end(protocol, destination, message.destinationPort()));
      assertThat(header.header().tlvs().types())
          .as(what)
          .isEqualTo(tlvs.stream().map(ProxyInteropTest::type).toList());
    }
  }

  @RepeatedTest(2)
  void nettyReadsWhatIsWrittenHere() {
    for (int i = 0; i < HEADERS; i++) {
      HAProxyProxiedProtocol protocol = anyProtocol();
      boolean text = random.nextBoolean() && isTcp(protocol);
      ProxyAddress source = end(protocol, address(protocol), random.nextInt(65536));
      ProxyAddress destination = end(protocol, address(protocol), random.nextInt(65536));
      byte[] id = Bytes.random(random, random.nextInt(129));
      SslInfo ssl = SslInfo.withoutCertificate("TLSv1.3", "TLS_AES_128_GCM_SHA256");
      ProxyTlvs tlvs =
          ProxyTlvs.builder().uniqueId(id).authority("db.example").alpn("h2").ssl(ssl).build();
      ProxyHeader header = ProxyHeader.between(source, destination).with(tlvs);
      byte[] bytes = text ? ProxyEncoder.v1(header) : ProxyEncoder.v2(header, random.nextBoolean());

      HAProxyMessage message = read(bytes);
      String what = "seed " + seed + ": " + HexFormat.of().formatHex(bytes);
      try {
        assertThat(message.command()).as(what).isEqualTo(HAProxyCommand.PROXY);
        assertThat(end(protocol, message.sourceAddress(), message.sourcePort()))
            .as(what)
            .isEqualTo(source);
        assertThat(end(protocol, message.destinationAddress(), message.destinationPort()))
            .as(what)
            .isEqualTo(destination);
        if (!text) {
          assertTlvs(message.tlvs(), id);
        }
      } finally {
        message.release();
      }
    }
  }

  private void assertTlvs(List<HAProxyTLV> tlvs, byte[] id) {
    assertThat(ByteBufUtil.getBytes(find(tlvs, ProxyV2.TYPE_UNIQUE_ID).content()))
        .as("seed %d", seed)
        .isEqualTo(id);
    HAProxySSLTLV ssl = (HAProxySSLTLV) find(tlvs, ProxyV2.TYPE_SSL);
    assertThat(ssl.isPP2ClientSSL()).isTrue();
    assertThat(ssl.isPP2ClientCertConn()).isFalse();
    assertThat(ssl.verify()).isEqualTo(1);
    assertThat(ssl.encapsulatedTLVs())
        .extracting(ProxyInteropTest::type)
        .containsExactly(ProxyV2.TYPE_SSL_VERSION, ProxyV2.TYPE_SSL_CIPHER);
  }

  private static HAProxyTLV find(List<HAProxyTLV> tlvs, int type) {
    return tlvs.stream().filter(tlv -> type(tlv) == type).findFirst().orElseThrow();
  }

  private static int type(HAProxyTLV tlv) {
    return tlv.typeByteValue() & 0xff;
  }

  private HAProxyProxiedProtocol anyProtocol() {
    List<HAProxyProxiedProtocol> named =
        Arrays.stream(HAProxyProxiedProtocol.values())
            .filter(protocol -> protocol != HAProxyProxiedProtocol.UNKNOWN)
            .toList();
    return named.get(random.nextInt(named.size()));
  }

  private static boolean isTcp(HAProxyProxiedProtocol protocol) {
    return protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
  }

  private static boolean isIp(HAProxyProxiedProtocol protocol) {
    return protocol.addressFamily() != HAProxyProxiedProtocol.AddressFamily.AF_UNIX;
  }

  private String address(HAProxyProxiedProtocol protocol) {
    return switch (protocol.addressFamily()) {
      case AF_IPv4 -> AddressText.format(Bytes.random(random, 4));
      case AF_IPv6 -> AddressText.format(ipv6());
      default -> "/run/" + "x".repeat(random.nextInt(100));
    };
  }

  /** With zeros, for these are left out when it is written. */
  private byte[] ipv6() {
    byte[] address = Bytes.random(random, 16);
    address[0] = 0x20;
    for (int i = 1; i < 8; i++) {
      if (random.nextInt(3) > 0) {
        address[2 * i] = 0;
        address[2 * i + 1] = 0;
      }
    }
    return address;
  }

  private static ProxyAddress end(HAProxyProxiedProtocol protocol, String address, int port) {
    if (!isIp(protocol)) {
      return new ProxyAddress.Unix(address);
    }
    try {
      return new ProxyAddress.Ip(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private List<HAProxyTLV> nettyTlvs() {
    List<HAProxyTLV> tlvs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int type = random.nextInt(0xe0, 0xf8);
      byte[] value = Bytes.random(random, random.nextInt(200));
      tlvs.add(new HAProxyTLV((byte) type, Unpooled.wrappedBuffer(value)));
    }
    return tlvs;
  }

  private static byte[] written(HAProxyMessage message) {
    EmbeddedChannel channel = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
    channel.writeOutbound(message);
    ByteBuf bytes = channel.readOutbound();
    try {
      return ByteBufUtil.getBytes(bytes);
    } finally {
      bytes.release();
      channel.finishAndReleaseAll();
    }
  }

  private static HAProxyMessage read(byte[] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    HAProxyMessage message = channel.readInbound();
    channel.finishAndReleaseAll();
    return message;
  }
}
