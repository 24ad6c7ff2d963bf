package io.loble.proxy;

import io.loble.net.Preface;
import io.loble.net.Stream;
import io.loble.preface.PostgresTls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage in which a PostgreSQL server is asked for TLS, since its client has asked and was
 * answered in its place. The server's answer is not for the client. A server that refuses is as one
 * that resets the connection before its first byte.
 */
final class StartingTls extends TimedStage implements Preface {

  /** One more than the answer has, to see that nothing comes with it. */
  private static final int MOST_BYTES = 2;

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /** The backend waits for the ClientHello. */
    void speaksTls(Stream backend);
  }

  private static final Logger log = LoggerFactory.getLogger(StartingTls.class);

  private final Next session;
  private final Stream backend;
  private final String name;
  private final long end;
  private boolean over;

  /**
   * @param backend connected
   * @param name of the backend, for the log
   */
  StartingTls(Next session, LoopEnvironment loop, Stream backend, String name) {
    super(session, loop);
    this.session = session;
    this.backend = backend;
    this.name = name;
    this.end = loop.after(loop.timeouts().connect().toMillis());
  }

  @Override
  void begin() {
    session.reschedule();
    byte[] request = PostgresTls.request();
    backend.send(PooledByteBufAllocator.DEFAULT.directBuffer(request.length).writeBytes(request));
    if (!over) {
      backend.readFirst(this, MOST_BYTES);
    }
  }

  @Override
  public boolean read(ByteBuf soFar, boolean ended) {
    if (over) {
      return true;
    }
    if (!soFar.isReadable()) {
      if (ended) {
        refused("it closed the connection");
      }
      return over;
    }
    PostgresTls.Answer answer = PostgresTls.answer(soFar.nioBuffer());
    if (answer == PostgresTls.Answer.ACCEPTED) {
      soFar.skipBytes(soFar.readableBytes());
      over = true;
      session.speaksTls(backend);
    } else {
      refused(
          answer == PostgresTls.Answer.REFUSED
              ? "it refuses TLS"
              : "it gives an answer that no server may give");
    }
    return true;
  }

  private void refused(String why) {
    log.debug("backend {} was asked for TLS: {}", name, why);
    session.resetBoth(Ending.BACKEND_RESET);
  }

  @Override
  long end() {
    return end;
  }

  @Override
  void timedOut() {
    refused("it does not answer");
  }

  @Override
  void cut(Ending how) {
    session.resetBoth(how);
  }

  @Override
  void failed(Stream side) {
    session.resetBoth(side == backend ? Ending.BACKEND_RESET : Ending.CLIENT_RESET);
  }

  @Override
  void cannotWrite(Stream to) {
    failed(to);
  }

  @Override
  void abort() {
    session.resetBoth(Ending.DONE);
  }

  @Override
  void leave() {
    over = true;
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
  }
}
