package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.tls.FailureKind;
import io.loble.tls.HandshakeInfo;
import io.loble.tls.TlsOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stage in which a client of a listener with TLS agrees with it on how to encrypt. */
final class Handshaking extends ClientStage {

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
  private final ListenerSecurity security;

  Handshaking(Next session, LoopEnvironment loop, Stream client, ListenerSecurity security) {
    super(session, loop);
    this.session = session;
    this.loop = loop;
    this.client = client;
    this.security = security;
  }

  @Override
  void begin() {
    session.reschedule();
    client.encrypt(pipeline -> security.server().install(pipeline, loop.timeouts().handshake()));
  }

  @Override
  void handshakeEnded(Stream side, TlsOutcome outcome) {
    security.stats().ended(outcome);
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
}
