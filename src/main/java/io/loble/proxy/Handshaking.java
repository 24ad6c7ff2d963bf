package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.tls.FailureKind;
import io.loble.tls.HandshakeInfo;
import io.loble.tls.HandshakeStats;
import io.loble.tls.ServerTls;
import io.loble.tls.TlsOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stage in which a client of a listener with TLS agrees with it on how to encrypt. */
final class Handshaking extends TimedStage {

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /** What the client sends from now on is read as it was before it was encrypted. */
    void secured(HandshakeInfo agreed);

    /** The client is turned away; it was told why in the words of TLS, where there are any. */
    void notSecured(FailureKind why);
  }

  private static final Logger log = LoggerFactory.getLogger(Handshaking.class);

  private final Next session;
  private final LoopEnvironment loop;
  private final Stream client;
  private final ServerTls tls;
  private final HandshakeStats stats;

  Handshaking(
      Next session, LoopEnvironment loop, Stream client, ServerTls tls, HandshakeStats stats) {
    super(session, loop);
    this.session = session;
    this.loop = loop;
    this.client = client;
    this.tls = tls;
    this.stats = stats;
  }

  @Override
  void begin() {
    session.reschedule();
    client.encrypt(pipeline -> tls.install(pipeline, loop.timeouts().handshake()));
  }

  @Override
  void handshakeEnded(Stream side, TlsOutcome outcome) {
    stats.ended(outcome);
    if (outcome instanceof TlsOutcome.Agreed agreement) {
      session.secured(agreement.info());
    } else if (outcome instanceof TlsOutcome.Failed failed) {
      log.debug("no handshake with a client: {}", failed.failure().text());
      session.notSecured(failed.failure().kind());
    }
  }

  /** The handlers of TLS have a timer. */
  @Override
  long end() {
    return DeadlineWheel.NEVER;
  }

  @Override
  void timedOut() {}

  @Override
  void cut(Ending how) {
    session.resetBoth(how);
  }

  @Override
  void failed(Stream side) {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  void cannotWrite(Stream to) {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  void abort() {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
  }
}
