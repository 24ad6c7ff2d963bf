package io.loble.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * The keys that session tickets are encrypted with (RFC 5077, section 4), the newest first. Whoever
 * gets hold of one can read what TLS 1.2 sessions said under it: they are never stored, and used
 * for one {@link #ROTATION} only. A ticket is valid for as long, and so the key before the newest
 * is all that is kept.
 */
record TicketKeys(List<OpenSslSessionTicketKey> keys) {

  /** How long new tickets are encrypted with the same key, and how long a ticket is valid. */
  static final Duration ROTATION = Duration.ofHours(1);

  TicketKeys {
    keys = List.copyOf(keys);
  }

  static TicketKeys fresh(SecureRandom random) {
    return new TicketKeys(List.of(key(random)));
  }

  /** With a new key in front, and without those that no valid ticket is encrypted with. */
  TicketKeys rotated(SecureRandom random) {
    return new TicketKeys(List.of(key(random), keys.get(0)));
  }

  void applyTo(OpenSslSessionContext sessions) {
    sessions.setTicketKeys(keys.toArray(OpenSslSessionTicketKey[]::new));
  }

  private static OpenSslSessionTicketKey key(SecureRandom random) {
    return new OpenSslSessionTicketKey(
        bytes(random, OpenSslSessionTicketKey.NAME_SIZE),
        bytes(random, OpenSslSessionTicketKey.HMAC_KEY_SIZE),
        bytes(random, OpenSslSessionTicketKey.AES_KEY_SIZE));
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return keys.size() + " keys";
  }
}
