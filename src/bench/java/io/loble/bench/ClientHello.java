package io.loble.bench;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** What a TLS client says first, as the JDK has it. */
final class ClientHello {

  static final String SERVER_NAME = "bench.example";

  private ClientHello() {}

  static byte[] bytes() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(SERVER_NAME)));
      engine.setSSLParameters(parameters);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.flip().remaining()];
      hello.get(bytes);
      return bytes;
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
