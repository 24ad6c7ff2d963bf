package io.loble.proxy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of the interleaving test, as both of its ends play it: who sends how much, who
 * closes when and how. The client tells the backend which conversation it is in the first bytes.
 */
final class Conversation {

  /** What the first bytes take: the conversation's number. */
  static final int HEADER = 8;

  /** How a conversation goes. Those that are clean must deliver every byte both ways. */
  enum Kind {
    /** The client sends and closes; then the backend answers and closes. */
    UPLOAD_THEN_ANSWER(true),
    /** The backend sends back what it gets, while it gets it. */
    ECHO(true),
    /** The backend sends and closes; then the client sends and closes. */
    BACKEND_FIRST(true),
    /** Both send and close at once: data and FINs cross. */
    CROSSING(true),
    /** A byte there, a byte back. */
    BYTE_BY_BYTE(true),
    /** The backend resets in the middle of its answer. */
    BACKEND_RESETS(false),
    /** The client resets in the middle of its request. */
    CLIENT_RESETS(false),
    /** The client asks for much, reads none of it and resets. */
    CLIENT_NEVER_READS(false),
    /** The client is gone as soon as it is there, with a FIN. */
    CLIENT_LEAVES(false),
    /** The backend closes without having read what was sent to it. */
    BACKEND_IGNORES(false);

    private final boolean clean;

    Kind(boolean clean) {
      this.clean = clean;
    }

    boolean clean() {
      return clean;
    }
  }

  private final long id;
  private final Kind kind;
  private final Pattern request;
  private final Pattern answer;
  private final AtomicLong clientSent = new AtomicLong();
  private final AtomicLong clientReceived = new AtomicLong();
  private final AtomicLong backendSent = new AtomicLong();
  private final AtomicLong backendReceived = new AtomicLong();
  private volatile boolean wrong;

  Conversation(long id, Kind kind, int requestSize, int answerSize) {
    this.id = id;
    this.kind = kind;
    this.request = new Pattern(id, requestSize);
    boolean echoes = kind == Kind.ECHO || kind == Kind.BYTE_BY_BYTE;
    this.answer = echoes ? request : new Pattern(-id, answerSize);
  }

  Kind kind() {
    return kind;
  }

  /** Whether an end got other bytes than it should have. */
  boolean wrong() {
    return wrong;
  }

  long clientSent() {
    return clientSent.get();
  }

  long clientReceived() {
    return clientReceived.get();
  }

  long backendSent() {
    return backendSent.get();
  }

  long backendReceived() {
    return backendReceived.get();
  }

  /** The client's part; the socket is closed by the caller. */
  void playClient(Wire wire) throws IOException {
    Socket socket = wire.socket();
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    if (kind == Kind.CLIENT_LEAVES) {
      return;
    }
    DataOutputStream header = new DataOutputStream(out);
    clientSent.addAndGet(HEADER);
    header.writeLong(id);
    switch (kind) {
      case UPLOAD_THEN_ANSWER -> {
        request.send(out, clientSent);
        socket.shutdownOutput();
        receiveAll(in, answer, clientReceived);
      }
      case ECHO, CROSSING -> {
        Thread sender = new Thread(() -> sendAndClose(socket, request, clientSent));
        sender.start();
        receiveAll(in, answer, clientReceived);
        join(sender);
      }
      case BACKEND_FIRST -> {
        receiveAll(in, answer, clientReceived);
        request.send(out, clientSent);
        socket.shutdownOutput();
      }
      case BYTE_BY_BYTE -> {
        for (int i = 0; i < Math.min(request.length(), 50); i++) {
          clientSent.incrementAndGet();
          out.write(request.bytes(i, i + 1));
          expect(request.receive(in, i, i + 1, clientReceived));
        }
        socket.shutdownOutput();
        expectEnd(in);
      }
      case CLIENT_RESETS -> {
        request.send(out, clientSent);
        wire.reset();
      }
      case CLIENT_NEVER_READS -> {
        request.send(out, clientSent);
        socket.shutdownOutput();
        // Once the first byte is there, the rest is on its way.
        expect(answer.receive(in, 0, 1, clientReceived));
        wire.reset();
      }
      case BACKEND_RESETS, BACKEND_IGNORES -> {
        request.send(out, clientSent);
        drain(in, clientReceived);
      }
      case CLIENT_LEAVES -> {}
    }
  }

  /** The backend's part, after it has read the number; the socket is closed by the caller. */
  void playBackend(Wire wire, DataInputStream in) throws IOException {
    Socket socket = wire.socket();
    backendReceived.addAndGet(HEADER);
    OutputStream out = socket.getOutputStream();
    switch (kind) {
      case UPLOAD_THEN_ANSWER, CLIENT_NEVER_READS -> {
        receiveAll(in, request, backendReceived);
        answer.send(out, backendSent);
      }
      case ECHO, BYTE_BY_BYTE -> echo(in, out);
      case BACKEND_FIRST -> {
        answer.send(out, backendSent);
        socket.shutdownOutput();
        receiveAll(in, request, backendReceived);
      }
      case CROSSING -> {
        Thread sender = new Thread(() -> sendAndClose(socket, answer, backendSent));
        sender.start();
        receiveAll(in, request, backendReceived);
        join(sender);
      }
      case BACKEND_RESETS -> {
        expect(request.receive(in, 0, request.length() / 2, backendReceived));
        answer.send(out, backendSent);
        wire.reset();
      }
      case CLIENT_RESETS -> drain(in, backendReceived);
      case BACKEND_IGNORES, CLIENT_LEAVES -> {}
    }
  }

  private void sendAndClose(Socket socket, Pattern bytes, AtomicLong counter) {
    try {
      bytes.send(socket.getOutputStream(), counter);
      socket.shutdownOutput();
    } catch (IOException e) {
      wrong = true;
    }
  }

  private void receiveAll(InputStream in, Pattern expected, AtomicLong counter) throws IOException {
    expect(expected.receive(in, 0, expected.length(), counter));
    expectEnd(in);
  }

  private void expect(boolean asItShouldBe) {
    wrong |= kind.clean() && !asItShouldBe;
  }

  private void expectEnd(InputStream in) throws IOException {
    expect(in.read() == -1);
  }

  private static void drain(InputStream in, AtomicLong counter) throws IOException {
    byte[] block = new byte[16 * 1024];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      counter.addAndGet(n);
    }
  }

  private void echo(InputStream in, OutputStream out) throws IOException {
    byte[] block = new byte[16 * 1024];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      backendReceived.addAndGet(n);
      backendSent.addAndGet(n);
      out.write(block, 0, n);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
