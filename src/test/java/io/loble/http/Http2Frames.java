package io.loble.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.loble.tls.TestFiles;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of HTTP/2 by TLS that sends the frames it is told to, whatever the listener allows. */
final class Http2Frames implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;

  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int REFUSED_STREAM = 7;

  /** How the fields of an answer with status 200 begin, as HPACK has it. */
  private static final byte STATUS_200 = (byte) 0x88;

  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;
  private static final int PATIENCE_MS = 20_000;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** A frame as it came. */
  record Frame(int type, int flags, int stream, Buffer payload) {

    boolean endsStream() {
      return (flags & END_STREAM) != 0;
    }

    /** Whether it is the head of an answer with status 200. */
    boolean isOk() {
      int fields = (flags & PRIORITY) == 0 ? 0 : PRIORITY_BYTES;
      return type == HEADERS && payload.getByte(fields) == STATUS_200;
    }

    /** What a frame of four bytes says: the code of a RST_STREAM. */
    int number() {
      return payload.getInt(0);
    }
  }

  Http2Frames(int port) throws IOException {
    socket =
        (SSLSocket)
            TestFiles.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  /** What the listener's first frame announces; it is acknowledged. */
  Map<Integer, Integer> settings() throws IOException {
    Frame first = read();
    if (first.type() != SETTINGS) {
      throw new IOException("begins with a frame of type " + first.type());
    }
    Map<Integer, Integer> settings = new HashMap<>();
    ByteBuffer payload = ByteBuffer.wrap(first.payload().getBytes());
    while (payload.hasRemaining()) {
      settings.put((int) payload.getShort(), payload.getInt());
    }
    send(SETTINGS, ACK, 0, new byte[0]);
    return settings;
  }

  /** Asks for a path, with literals that neither side remembers. */
  void get(int stream, String path) throws IOException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    // :method GET and :scheme https stand in the static table.
    fields.write(0x82);
    fields.write(0x87);
    literal(fields, 1, "a");
    literal(fields, 4, path);
    send(HEADERS, END_STREAM | END_HEADERS, stream, fields.toByteArray());
  }

  private static void literal(ByteArrayOutputStream to, int name, String value) {
    to.write(name);
    to.write(value.length());
    to.writeBytes(value.getBytes(US_ASCII));
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    out.flush();
  }

  /** The next frame of a stream. */
  Frame next() throws IOException {
    Frame frame = read();
    while (frame.stream() == 0) {
      frame = read();
    }
    return frame;
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, Buffer.buffer(payload));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
