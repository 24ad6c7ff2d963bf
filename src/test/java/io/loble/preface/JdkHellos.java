package io.loble.preface;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** What the JDK's TLS client says first. */
final class JdkHellos {

  private JdkHellos() {}

  /**
   * The records of a ClientHello.
   *
   * @param serverName empty for none
   */
  static byte[] hello(String serverName, List<String> alpn, String... versions) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      if (!serverName.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      }
      parameters.setApplicationProtocols(alpn.toArray(String[]::new));
      parameters.setProtocols(versions);
      engine.setSSLParameters(parameters);
      ByteBuffer to = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), to);
      return Arrays.copyOf(to.array(), to.position());
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new AssertionError(e);
    }
  }
}
