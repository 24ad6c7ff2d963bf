package io.loble.scenario;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A DNS server to which every name has the same addresses, for ten minutes, or so it says. */
final class NameServer implements AutoCloseable {

  private static final int TTL_SECONDS = 600;
  private static final int HEADER = 12;
  private static final short ANSWER = (short) 0x8180;
  private static final short NAME_OF_THE_QUESTION = (short) 0xc00c;
  private static final short A = 1;
  private static final short INTERNET = 1;

  private final DatagramSocket socket;
  private volatile List<InetAddress> addresses;

  private NameServer(DatagramSocket socket, String... addresses) throws IOException {
    this.socket = socket;
    this.addresses = parsed(addresses);
  }

  private static List<InetAddress> parsed(String... addresses) throws IOException {
    List<InetAddress> parsed = new ArrayList<>();
    for (String address : addresses) {
      parsed.add(InetAddress.getByName(address));
    }
    return List.copyOf(parsed);
  }

  static NameServer start(String... addresses) throws IOException {
    NameServer server =
        new NameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), addresses);
    Thread thread = new Thread(server::serve, "name server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** From now on names have another address. */
  void move(String other) throws IOException {
    addresses = parsed(other);
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        byte[] answer = answer(packet.getData());
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** The question again, and its answer; no answer where not an IPv4 address is asked for. */
  private byte[] answer(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    end += 5;
    boolean asksForA = query[end - 3] == A;
    ByteBuffer out = ByteBuffer.allocate(512);
    out.put(query, 0, 2).putShort(ANSWER);
    List<InetAddress> answers = asksForA ? addresses : List.of();
    out.putShort((short) 1).putShort((short) answers.size()).putInt(0);
    out.put(query, HEADER, end - HEADER);
    for (InetAddress address : answers) {
      out.putShort(NAME_OF_THE_QUESTION).putShort(A).putShort(INTERNET).putInt(TTL_SECONDS);
      out.putShort((short) address.getAddress().length).put(address.getAddress());
    }
    byte[] answer = new byte[out.position()];
    out.flip().get(answer);
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
