package io.loble.preface;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a connection says before it is relayed: a header of the PROXY protocol, a request for
 * TLS, a ClientHello, each as far as the listener needs it.
 *
 * <p>Not thread-safe; for one connection only. Waits for nothing: {@link #finish} says what to make
 * of a client that has been silent for too long.
 */
public final class PrefaceReader {

  /** More bytes than these, not counting those consumed, are never needed. */
  public static final int MOST_BYTES =
      Math.max(ProxyDecoder.MOST_BYTES, ClientHelloSniffer.MOST_BYTES);

  private enum Stage {
    HEADER,
    STARTTLS,
    HELLO,
    DONE
  }

  private final PrefaceNeeds needs;
  private final ProxyDecoder decoder = new ProxyDecoder();
  private final PostgresDialogue postgres = new PostgresDialogue();
  private final ClientHelloSniffer sniffer = new ClientHelloSniffer();

  private Stage stage;
  private boolean begun;
  private boolean answered;
  private Starttls asked = Starttls.OFF;
  private int consumed;
  private @Nullable ProxyHeader header;
  private @Nullable ClientHello hello;

  public PrefaceReader(PrefaceNeeds needs) {
    this.needs = needs;
    this.stage = needs.proxyHeader() ? Stage.HEADER : afterHeader();
  }

  private Stage afterHeader() {
    if (needs.starttls() == Starttls.POSTGRES) {
      return Stage.STARTTLS;
    }
    return needs.hello() ? Stage.HELLO : Stage.DONE;
  }

  /**
   * Looks at what has come.
   *
   * @param soFar from its position to its limit, all bytes that have come and are not consumed:
   *     those that the call before left, and more. Its position is moved behind those consumed
   */
  public PrefaceStep read(ByteBuffer soFar) {
    PrefaceStep step;
    do {
      step =
          switch (stage) {
            case HEADER -> readHeader(soFar);
            case STARTTLS -> readRequest(soFar);
            case HELLO -> readHello(soFar);
            case DONE -> new PrefaceStep.Done(known());
          };
    } while (step == null);
    begun = soFar.hasRemaining();
    return step;
  }

  /**
   * What follows when nothing more comes before the deadline, or at all. Only for a connection
   * whose result is not there yet. A client that has said nothing may wait for a server that speaks
   * first; one that was to name itself, has begun to speak, or was answered, may not.
   */
  public PrefaceResult finish() {
    if (begun) {
      return new PrefaceResult.Bad(
          switch (stage) {
            case HEADER -> "the PROXY protocol header is not complete";
            case STARTTLS -> "the PostgreSQL client's first message is not complete";
            case HELLO, DONE -> "the ClientHello is not complete";
          });
    }
    if (stage == Stage.HEADER) {
      return new PrefaceResult.Bad("there is no PROXY protocol header");
    }
    return answered
        ? new PrefaceResult.Bad("nothing follows the answer to a PostgreSQL client's request")
        : known();
  }

  private @Nullable PrefaceStep readHeader(ByteBuffer soFar) {
    Decoded decoded = decoder.decode(soFar);
    if (decoded instanceof Decoded.NeedMore more) {
      return new PrefaceStep.NeedMore(more.atLeast());
    }
    if (decoded instanceof Decoded.Header found) {
      header = found.header();
      consume(soFar, found.length());
      stage = afterHeader();
      return null;
    }
    return bad(((Decoded.Invalid) decoded).reason());
  }

  private @Nullable PrefaceStep readRequest(ByteBuffer soFar) {
    PostgresDialogue.Turn turn = postgres.read(soFar);
    if (turn instanceof PostgresDialogue.Turn.NeedMore more) {
      return new PrefaceStep.NeedMore(more.atLeast());
    }
    if (turn instanceof PostgresDialogue.Turn.Reply reply) {
      return reply(soFar, reply);
    }
    if (turn instanceof PostgresDialogue.Turn.Invalid invalid) {
      return bad(invalid.reason());
    }
    stage = turn instanceof PostgresDialogue.Turn.Handshake ? Stage.HELLO : Stage.DONE;
    return null;
  }

  private PrefaceStep reply(ByteBuffer soFar, PostgresDialogue.Turn.Reply reply) {
    consume(soFar, PostgresTls.REQUEST_BYTES);
    answered = true;
    if (reply.accepted()) {
      asked = Starttls.POSTGRES;
      stage = Stage.HELLO;
    }
    return new PrefaceStep.Reply(reply.answer());
  }

  private @Nullable PrefaceStep readHello(ByteBuffer soFar) {
    Sniffed sniffed = sniffer.sniff(soFar);
    if (sniffed instanceof Sniffed.NeedMore more) {
      return new PrefaceStep.NeedMore(more.atLeast());
    }
    if (sniffed instanceof Sniffed.Invalid invalid) {
      return bad(invalid.reason());
    }
    if (sniffed instanceof Sniffed.Hello found) {
      hello = found.hello();
    } else if (asked != Starttls.OFF) {
      return bad("no ClientHello follows the client's request for TLS");
    }
    stage = Stage.DONE;
    return null;
  }

  private void consume(ByteBuffer soFar, int count) {
    soFar.position(soFar.position() + count);
    consumed += count;
  }

  private static PrefaceStep bad(String reason) {
    return new PrefaceStep.Done(new PrefaceResult.Bad(reason));
  }

  private PrefaceResult known() {
    return new PrefaceResult.Known(header, hello, asked, consumed);
  }
}
