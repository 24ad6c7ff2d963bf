package io.loble.tls;

import java.time.Duration;
import java.time.Instant;

/** Whether a chain of certificates is valid at a moment, and what to say when it is not. */
public sealed interface Validity {

  /** Valid, and for longer than anyone needs to be warned of. */
  record Valid() implements Validity {}

  /** Valid, but to be replaced soon. */
  record EndsSoon(Instant notAfter) implements Validity {}

  /** A certificate of the chain has ended: peers refuse it. */
  record Expired(Instant notAfter, String subject) implements Validity {}

  /** A certificate of the chain has not begun: peers refuse it until then. */
  record NotYetValid(Instant notBefore, String subject) implements Validity {}

  /**
   * Whether a chain is valid at a moment.
   *
   * @param soon how long before the end one is to be warned
   */
  static Validity of(CertificateChain chain, Instant now, Duration soon) {
    for (CertificateFacts facts : chain.facts()) {
      if (now.isAfter(facts.notAfter())) {
        return new Expired(facts.notAfter(), facts.subject());
      }
      if (now.isBefore(facts.notBefore())) {
        return new NotYetValid(facts.notBefore(), facts.subject());
      }
    }
    Instant end = chain.notAfter();
    return now.plus(soon).isAfter(end) ? new EndsSoon(end) : new Valid();
  }

  /** Whether peers accept the chain at this moment. */
  default boolean isUsable() {
    return this instanceof Valid || this instanceof EndsSoon;
  }

  /** For a log line that names the file before it. */
  default String text() {
    if (this instanceof Expired expired) {
      return "the certificate of " + expired.subject() + " has expired at " + expired.notAfter();
    }
    if (this instanceof NotYetValid early) {
      return "the certificate of " + early.subject() + " is not valid before " + early.notBefore();
    }
    return this instanceof EndsSoon soon ? "expires at " + soon.notAfter() : "valid";
  }
}
