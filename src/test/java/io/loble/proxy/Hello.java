package io.loble.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** What TLS clients say first. */
final class Hello {

  private Hello() {}

  /**
   * A ClientHello of Java's TLS client.
   *
   * @param serverName empty for none
   */
  static byte[] of(String serverName, String... alpn) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      if (!serverName.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      }
      parameters.setApplicationProtocols(alpn);
      engine.setSSLParameters(parameters);
      ByteBuffer to = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), to);
      return Arrays.copyOf(to.array(), to.position());
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** A ClientHello that is padded to so many bytes, in records of at most 1,000. */
  static byte[] large(String serverName, int bytes) {
    byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
    int extensions = 9 + name.length + 4 + bytes;
    ByteBuffer message = ByteBuffer.allocate(4 + 2 + 32 + 1 + 4 + 2 + 2 + extensions);
    message.putInt((1 << 24) | (message.capacity() - 4)).putShort((short) 0x0303);
    message.put(new byte[32]).put((byte) 0).putShort((short) 2).putShort((short) 0x1301);
    message.put((byte) 1).put((byte) 0).putShort((short) extensions);
    message.putShort((short) 0).putShort((short) (name.length + 5));
    message.putShort((short) (name.length + 3)).put((byte) 0).putShort((short) name.length);
    message.put(name).putShort((short) 21).putShort((short) bytes);
    return inRecords(message.array(), 1_000);
  }

  private static byte[] inRecords(byte[] message, int most) {
    int count = (message.length + most - 1) / most;
    ByteBuffer records = ByteBuffer.allocate(message.length + 5 * count);
    for (int at = 0; at < message.length; at += most) {
      int length = Math.min(most, message.length - at);
      records.put((byte) 22).putShort((short) 0x0301).putShort((short) length);
      records.put(message, at, length);
    }
    return records.array();
  }
}
