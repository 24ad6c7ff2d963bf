package io.loble.net.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A name server that says what a test tells it to, over UDP and TCP on one port. What it was not
 * told of does not exist.
 */
public final class ScriptedNameServer implements AutoCloseable {

  public static final int A = 1;
  public static final int AAAA = 28;
  public static final int SRV = 33;

  /** An answer for the one who asks, who may ask others. */
  public static final int ANSWER = 0x8180;

  public static final int TRUNCATED = 0x0200;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int REFUSED = 5;

  private static final int CNAME = 5;
  private static final int SOA = 6;
  private static final int HEADER = 12;

  /** A record as it is sent; the name empty for the one that was asked for. */
  public record Sent(String name, int type, long ttl, Buffer data) {}

  /** What is done about a question. */
  @FunctionalInterface
  public interface Script {

    /** The messages that come back; none for silence. */
    List<byte[]> answer(byte[] query, boolean tcp);
  }

  /** A question that was asked. */
  public record Asked(String name, int type, boolean tcp, boolean extended, long nanos) {}

  private record Key(String name, int type) {}

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Map<Key, Script> scripts = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private volatile @Nullable Script always;

  private ScriptedNameServer(ServerSocket tcp, DatagramSocket udp) {
    this.tcp = tcp;
    this.udp = udp;
  }

  public static ScriptedNameServer start() {
    try {
      ScriptedNameServer server = open();
      new Thread(server::serveUdp, "name server, UDP").start();
      new Thread(server::serveTcp, "name server, TCP").start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScriptedNameServer open() throws IOException {
    while (true) {
      ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      try {
        return new ScriptedNameServer(
            tcp, new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress()));
      } catch (BindException e) {
        // Somebody else has that port for UDP.
        tcp.close();
      }
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  public int port() {
    return tcp.getLocalPort();
  }

  /** From now on that is done about such questions. */
  public ScriptedNameServer on(String name, int type, Script script) {
    scripts.put(new Key(name, type), script);
    return this;
  }

  /** From now on that is done about every question, whatever was said before. */
  public ScriptedNameServer always(Script script) {
    always = script;
    return this;
  }

  /** What was asked, in order. */
  public List<Asked> asked() {
    return asked;
  }

  /** What was asked of a name, in order. */
  public List<Asked> asked(String name, int type) {
    return asked.stream().filter(one -> one.name.equals(name) && one.type == type).toList();
  }

  /** These records. */
  public static Script says(Sent... records) {
    return (query, tcp) -> List.of(message(query, ANSWER, List.of(records), List.of()));
  }

  /** These records, for which there is no room in a packet. */
  public static Script saysOverTcp(List<Sent> records) {
    return (query, tcp) ->
        List.of(
            tcp
                ? message(query, ANSWER, records, List.of())
                : message(query, ANSWER | TRUNCATED, List.of(), List.of()));
  }

  /** The name has no such record, which is good for so long. */
  public static Script nothing(long seconds) {
    return (query, tcp) -> List.of(message(query, ANSWER, List.of(), List.of(soa(seconds))));
  }

  /** There is no such name, which is good for so long. */
  public static Script noSuchName(long seconds) {
    return (query, tcp) ->
        List.of(message(query, ANSWER | NXDOMAIN, List.of(), List.of(soa(seconds))));
  }

  public static Script code(int code) {
    return (query, tcp) -> List.of(message(query, ANSWER | code, List.of(), List.of()));
  }

  public static Script silence() {
    return (query, tcp) -> List.of();
  }

  public static Sent a(String address, long ttl) {
    return a("", address, ttl);
  }

  public static Sent a(String name, String address, long ttl) {
    return new Sent(name, A, ttl, Buffer.buffer(bytes(address)));
  }

  /** The bytes of an IPv6 address in hexadecimal digits. */
  public static Sent aaaa(String digits, long ttl) {
    return new Sent("", AAAA, ttl, Buffer.buffer(HexFormat.of().parseHex(digits)));
  }

  public static Sent cname(String name, String target, long ttl) {
    return new Sent(name, CNAME, ttl, Buffer.buffer(wire(target)));
  }

  public static Sent srv(int priority, int weight, int port, String target, long ttl) {
    byte[] data =
        build(
            out -> {
              out.writeShort(priority);
              out.writeShort(weight);
              out.writeShort(port);
              out.write(wire(target));
            });
    return new Sent("", SRV, ttl, Buffer.buffer(data));
  }

  private static Sent soa(long minimum) {
    byte[] data =
        build(
            out -> {
              out.write(wire("ns.zone"));
              out.write(wire("admin.zone"));
              out.write(new byte[16]);
              out.writeInt((int) minimum);
            });
    return new Sent("zone", SOA, 3600, Buffer.buffer(data));
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message in answer to that. */
  public static byte[] message(
      byte[] query, int flags, List<Sent> answers, List<Sent> authorities) {
    return build(
        out -> {
          out.write(query, 0, 2);
          out.writeShort(flags);
          out.writeShort(1);
          out.writeShort(answers.size());
          out.writeShort(authorities.size());
          out.writeShort(0);
          out.write(query, HEADER, questionEnd(query) - HEADER);
          for (List<Sent> section : List.of(answers, authorities)) {
            for (Sent record : section) {
              write(out, record);
            }
          }
        });
  }

  private static void write(DataOutputStream out, Sent record) throws IOException {
    if (record.name.isEmpty()) {
      out.writeShort(0xc000 | HEADER);
    } else {
      out.write(wire(record.name));
    }
    out.writeShort(record.type);
    out.writeShort(1);
    out.writeInt((int) record.ttl);
    out.writeShort(record.data.length());
    out.write(record.data.getBytes());
  }

  private static byte[] wire(String name) {
    return build(
        out -> {
          for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.write(label.getBytes(US_ASCII));
          }
          out.write(0);
        });
  }

  @FunctionalInterface
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] build(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int questionEnd(byte[] query) {
    int at = HEADER;
    while (query[at] != 0) {
      at += 1 + query[at];
    }
    return at + 5;
  }

  private List<byte[]> answer(byte[] query, boolean overTcp) {
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    for (; query[at] != 0; at += 1 + query[at]) {
      name.append(name.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], US_ASCII));
    }
    int type = ((query[at + 1] & 0xff) << 8) | (query[at + 2] & 0xff);
    String text = name.toString().toLowerCase(Locale.ROOT);
    asked.add(new Asked(text, type, overTcp, query[HEADER - 1] == 1, System.nanoTime()));
    Script every = always;
    Script script = every == null ? scripts.get(new Key(text, type)) : every;
    return Objects.requireNonNullElse(script, code(NXDOMAIN)).answer(query, overTcp);
  }

  private void serveUdp() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        for (byte[] answer : answer(query, false)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serveTcp() {
    try {
      while (true) {
        Socket client = tcp.accept();
        clients.add(client);
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        List<byte[]> answers = answer(query, true);
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        for (byte[] answer : answers) {
          out.writeShort(answer.length);
          out.write(answer);
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  @Override
  public void close() {
    try {
      udp.close();
      tcp.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
