package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that take all they can get leave their neighbours on the event loop their turn. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class FairnessTest {

  /** Enough for each event loop to have several. */
  private static final int BULKY = 8;

  private static final int QUESTIONS = 100;
  private static final byte[] BLOCK = new byte[1 << 18];

  private final RelayMode mode;

  FairnessTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void smallMessagesPassBesideBulk() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Socket> bulky = new ArrayList<>();
    try (TestServer server = TestServer.start(FairnessTest::serve);
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()))) {
      for (int i = 0; i < BULKY; i++) {
        Socket socket = proxy.connect();
        bulky.add(socket);
        socket.getOutputStream().write('b');
        threads.execute(() -> swallow(socket));
      }
      long block = BLOCK.length;
      await()
          .atMost(10, SECONDS)
          .until(() -> proxy.backend(0).stats().counters().bytesToClient() > BULKY * 10 * block);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(threads.submit(() -> ask(proxy)));
      }
      for (Future<Integer> answer : answers) {
        // An event loop that serves bulk first answers one in a second or two.
        assertThat(answer.get(30, SECONDS)).isEqualTo(QUESTIONS);
      }
    } finally {
      for (Socket socket : bulky) {
        socket.close();
      }
      threads.shutdownNow();
    }
  }

  private static void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    for (int kind = in.read(); kind >= 0; kind = in.read()) {
      if (kind == '?') {
        out.write('!');
      }
      while (kind == 'b') {
        out.write(BLOCK);
      }
    }
  }

  private static int ask(TestProxy proxy) throws IOException {
    int answered = 0;
    try (Socket socket = proxy.connect()) {
      socket.setTcpNoDelay(true);
      while (answered < QUESTIONS) {
        socket.getOutputStream().write('?');
        assertThat(socket.getInputStream().read()).isEqualTo('!');
        answered++;
      }
    }
    return answered;
  }

  private static void swallow(Socket socket) {
    byte[] block = new byte[BLOCK.length];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(block) >= 0) {
        // Only the pressure counts.
      }
    } catch (IOException e) {
      // The test is over.
    }
  }
}
