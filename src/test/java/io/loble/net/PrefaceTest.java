package io.loble.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.net.Joint.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a side sends first can be looked at, and what it gets first can be given. */
class PrefaceTest {

  private static final int MOST = 16;

  private record Kinds(Transport transport, Kind clients, Kind backends) {
    @Override
    public String toString() {
      return transport.name() + ": " + clients + " to " + backends;
    }
  }

  static Stream<Kinds> kinds() {
    Stream<Kinds> nio = Stream.of(new Kinds(Transport.NIO, Kind.CHANNEL, Kind.CHANNEL));
    Transport epoll = Transport.EPOLL;
    if (epoll == null || !epoll.available()) {
      return nio;
    }
    return Stream.concat(
        nio,
        Stream.of(Kind.values())
            .flatMap(
                clients ->
                    Stream.of(Kind.values()).map(backends -> new Kinds(epoll, clients, backends))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLineInPiecesIsSkippedAndTheRestIsRelayed(Kinds kinds) throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (Joint joint =
            joint(
                kinds,
                (client, join) ->
                    client.readFirst(
                        (soFar, ended) -> {
                          int end =
                              soFar.indexOf(soFar.readerIndex(), soFar.writerIndex(), (byte) '\n');
                          if (end < 0) {
                            return false;
                          }
                          lines.add(soFar.readCharSequence(end + 1, ISO_8859_1).toString());
                          join.accept(Unpooled.EMPTY_BUFFER);
                          return true;
                        },
                        MOST));
        Socket client = joint.connect()) {
      for (byte b : "hello\n".getBytes(ISO_8859_1)) {
        client.getOutputStream().write(b);
      }
      assertThat(lines.poll(20, SECONDS)).isEqualTo("hello\n");
      client.getOutputStream().write("and the rest".getBytes(ISO_8859_1));
      client.shutdownOutput();
      try (Socket backend = joint.acceptBackend()) {
        assertThat(text(backend.getInputStream())).isEqualTo("and the rest");
        backend.getOutputStream().write("answer".getBytes(ISO_8859_1));
      }
      assertThat(text(client.getInputStream())).isEqualTo("answer");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatWasOnlyLookedAtIsRelayedByteForByte(Kinds kinds) throws Exception {
    byte[] sent = random(3_000_000);
    BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (Joint joint =
            joint(
                kinds,
                (client, join) ->
                    client.readFirst(
                        (soFar, ended) -> {
                          if (!ended) {
                            return false;
                          }
                          seen.add(soFar.readableBytes());
                          join.accept(Unpooled.EMPTY_BUFFER);
                          return true;
                        },
                        40_000));
        Socket client = joint.connect()) {
      Thread sender = sending(client, sent);
      try (Socket backend = joint.acceptBackend()) {
        assertThat(backend.getInputStream().readAllBytes()).isEqualTo(sent);
      }
      sender.join();
      assertThat(seen.poll(20, SECONDS)).isGreaterThanOrEqualTo(40_000);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void oneWhoSendsTooLittleAndEndsIsToldSo(Kinds kinds) throws Exception {
    BlockingQueue<List<Object>> told = new LinkedBlockingQueue<>();
    try (Joint joint =
            joint(
                kinds,
                (client, join) ->
                    client.readFirst(
                        (soFar, ended) -> {
                          if (ended) {
                            told.add(List.of(Joint.text(soFar), soFar.readableBytes()));
                            join.accept(Unpooled.EMPTY_BUFFER);
                          }
                          return ended;
                        },
                        MOST));
        Socket client = joint.connect()) {
      client.getOutputStream().write("short".getBytes(ISO_8859_1));
      client.shutdownOutput();
      assertThat(told.poll(20, SECONDS)).isEqualTo(List.of("short", 5));
      try (Socket backend = joint.acceptBackend()) {
        assertThat(text(backend.getInputStream())).isEqualTo("short");
      }
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noMoreIsHeldThanWasAllowed(Kinds kinds) throws Exception {
    assumeTrue(kinds.clients() == Kind.EPOLL, "a channel reads as much as its buffer holds");
    BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (Joint joint =
            joint(
                kinds,
                (client, join) ->
                    client.readFirst(
                        (soFar, ended) -> {
                          if (ended) {
                            seen.add(soFar.readableBytes());
                          }
                          return ended;
                        },
                        MOST));
        Socket client = joint.connect()) {
      client.getOutputStream().write(random(100_000));
      assertThat(seen.poll(20, SECONDS)).isEqualTo(MOST);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSecondPrefaceSeesWhatTheFirstHasLeft(Kinds kinds) throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (Joint joint =
            joint(
                kinds,
                (client, join) ->
                    client.readFirst(
                        (soFar, ended) -> {
                          if (soFar.readableBytes() < 4) {
                            return false;
                          }
                          seen.add(soFar.readCharSequence(4, ISO_8859_1).toString());
                          client.readFirst(
                              (left, leftEnded) -> {
                                if (left.readableBytes() < 4) {
                                  return false;
                                }
                                seen.add(Joint.text(left));
                                join.accept(Unpooled.EMPTY_BUFFER);
                                return true;
                              },
                              MOST);
                          return true;
                        },
                        MOST));
        Socket client = joint.connect()) {
      client.getOutputStream().write("onetwo".getBytes(ISO_8859_1));
      assertThat(seen.poll(20, SECONDS)).isEqualTo("onet");
      client.getOutputStream().write("hr".getBytes(ISO_8859_1));
      assertThat(seen.poll(20, SECONDS)).isEqualTo("wohr");
      try (Socket backend = joint.acceptBackend()) {
        client.shutdownOutput();
        assertThat(text(backend.getInputStream())).isEqualTo("wohr");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aResetMeanwhileIsTold(Kinds kinds) throws Exception {
    assumeTrue(kinds.transport() != Transport.NIO, "NIO does not tell of such a reset");
    BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (Joint joint =
        joint(
            kinds,
            (client, join) ->
                client.readFirst(
                    (soFar, ended) -> {
                      seen.add(soFar.readableBytes());
                      return false;
                    },
                    MOST))) {
      try (Socket client = joint.connect()) {
        client.getOutputStream().write('x');
        assertThat(seen.poll(20, SECONDS)).isEqualTo(1);
        client.setSoLinger(true, 0);
      }
      assertThat(joint.failure()).isEqualTo("client");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsSentFirstComesBeforeWhatIsRelayed(Kinds kinds) throws Exception {
    byte[] first = random(2_000_000);
    byte[] relayed = random(2_000_000);
    try (Joint joint = joint(kinds, (client, join) -> join.accept(Unpooled.copiedBuffer(first)));
        Socket client = joint.connect()) {
      Thread sender = sending(client, relayed);
      try (Socket backend = joint.acceptBackend()) {
        InputStream in = backend.getInputStream();
        assertThat(in.readNBytes(first.length)).isEqualTo(first);
        assertThat(in.readAllBytes()).isEqualTo(relayed);
      }
      sender.join();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bothDirectionsGoThroughToTheirEnds(Kinds kinds) throws Exception {
    byte[] up = random(5_000_000);
    byte[] down = random(5_000_000);
    try (Joint joint = joint(kinds, (client, join) -> join.accept(Unpooled.EMPTY_BUFFER));
        Socket client = joint.connect();
        Socket backend = joint.acceptBackend()) {
      Thread uploading = sending(client, up);
      Thread downloading = sending(backend, down);
      Thread[] readers = new Thread[1];
      byte[][] got = new byte[1][];
      readers[0] =
          new Thread(
              () -> {
                try {
                  got[0] = backend.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      readers[0].start();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(down);
      readers[0].join();
      assertThat(got[0]).isEqualTo(up);
      uploading.join();
      downloading.join();
    }
  }

  private static Joint joint(
      Kinds kinds, BiConsumer<io.loble.net.Stream, Consumer<ByteBuf>> accepted) throws Exception {
    return new Joint(kinds.transport(), kinds.clients(), kinds.backends(), accepted);
  }

  private static Thread sending(Socket socket, byte[] bytes) {
    Thread sender =
        new Thread(
            () -> {
              try {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
                socket.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    sender.start();
    return sender;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }
}
