package io.loble.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that have echoed one byte, and then say nothing. */
record IdleConnections(List<SocketChannel> channels) implements AutoCloseable {

  static IdleConnections open(int port, int count) throws IOException {
    IdleConnections idle = new IdleConnections(new ArrayList<>());
    try {
      for (int i = 0; i < count; i++) {
        idle.add(port);
      }
      return idle;
    } catch (IOException e) {
      idle.close();
      throw e;
    }
  }

  private void add(int port) throws IOException {
    SocketChannel channel = SocketChannel.open(Ports.address(port));
    channels.add(channel);
    channel.write(ByteBuffer.wrap(new byte[] {1}));
    if (channel.read(ByteBuffer.allocate(1)) != 1) {
      throw new IOException("connection " + channels.size() + " was closed");
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
