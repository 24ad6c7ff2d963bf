package io.loble.proxy;

import io.loble.model.Rejection;
import io.loble.net.Preface;
import io.loble.net.Stream;
import io.loble.preface.PrefaceNeeds;
import io.loble.preface.PrefaceReader;
import io.loble.preface.PrefaceResult;
import io.loble.preface.PrefaceStep;
import io.loble.preface.Starttls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage in which what a client says first is read: a header of the PROXY protocol, a request
 * for TLS, a ClientHello, each where the listener needs it. All of it together has {@code
 * sniff_timeout}, and holds at most {@link #MOST_BYTES} in memory.
 */
final class Sniffing extends ClientStage implements Preface {

  /** What is known of a client of which nothing has to be read. */
  static final PrefaceResult.Known NOTHING = new PrefaceResult.Known(null, null, Starttls.OFF, 0);

  /** One byte more than is ever needed, so that what is full is never complete as well. */
  static final int MOST_BYTES = PrefaceReader.MOST_BYTES + 1;

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /** What the client has said first is read. */
    void introduced(PrefaceResult.Known said);

    /** Turns the client away. */
    void reject(Rejection reason);
  }

  private static final Logger log = LoggerFactory.getLogger(Sniffing.class);

  private final Next session;
  private final Stream client;
  private final PrefaceReader reader;
  private final long end;
  private boolean spoken;
  private boolean over;

  /**
   * @param millis how long all of it may take
   */
  Sniffing(Next session, LoopEnvironment loop, Stream client, PrefaceNeeds needs, long millis) {
    super(session, loop);
    this.session = session;
    this.client = client;
    this.reader = new PrefaceReader(needs);
    this.end = loop.after(millis);
  }

  @Override
  void begin() {
    session.reschedule();
    client.readFirst(this, MOST_BYTES);
  }

  // The client speaks.

  @Override
  public boolean read(ByteBuf soFar, boolean ended) {
    if (over) {
      // Comes too late to be looked at, and is relayed.
      return true;
    }
    spoken |= soFar.isReadable();
    PrefaceStep step = next(soFar);
    while (step instanceof PrefaceStep.Reply reply) {
      answer(reply.answer());
      if (over) {
        return true;
      }
      step = next(soFar);
    }
    if (step instanceof PrefaceStep.Done done) {
      finish(done.result());
    } else if (ended) {
      finish(reader.finish());
    }
    return over;
  }

  private PrefaceStep next(ByteBuf soFar) {
    ByteBuffer bytes = soFar.nioBuffer();
    PrefaceStep step = reader.read(bytes);
    soFar.skipBytes(bytes.position());
    return step;
  }

  private void answer(byte answer) {
    client.send(PooledByteBufAllocator.DEFAULT.directBuffer(1).writeByte(answer));
  }

  private void finish(PrefaceResult result) {
    over = true;
    if (result instanceof PrefaceResult.Known known) {
      session.introduced(known);
    } else if (result instanceof PrefaceResult.Bad bad) {
      log.debug("a client is reset: {}", bad.reason());
      session.reject(Rejection.BAD_PREFACE);
    }
  }

  // Time is up, or the client is gone.

  @Override
  long end() {
    return end;
  }

  @Override
  void timedOut() {
    finish(reader.finish());
  }

  /** What was read of the client is lost, which it must not take for delivered. */
  @Override
  void cut(Ending how) {
    if (spoken) {
      session.resetBoth(how);
    } else {
      session.close(how);
    }
  }

  @Override
  void leave() {
    over = true;
  }
}
