package io.loble.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Reads and writes on blocking channels. */
final class Bytes {

  private Bytes() {}

  static byte[] random(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  static void write(SocketChannel channel, String text) throws IOException {
    write(channel, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** So many, or fewer where the other end ends before. */
  static byte[] read(SocketChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Goes on.
    }
    byte[] read = new byte[bytes.position()];
    bytes.flip().get(read);
    return read;
  }

  static String readText(SocketChannel channel, int count) throws IOException {
    return new String(read(channel, count), StandardCharsets.US_ASCII);
  }

  static byte[] readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(64 * 1024);
    while (channel.read(some) >= 0) {
      all.write(some.array(), 0, some.position());
      some.clear();
    }
    return all.toByteArray();
  }
}
