package io.loble.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What signatures have proven, which stays true: a thousand certificates that are loaded again cost
 * no signatures. Keeps hashes only, and no more than {@link #MOST}. May be used from any thread.
 */
final class Proofs {

  /** Two for each certificate of a chain of two: about 1 MB. */
  static final int MOST = 10_000;

  private static final Map<ByteBuffer, Boolean> KNOWN =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
          return size() > MOST;
        }
      };

  private Proofs() {}

  /** Finds out whether something holds. */
  interface Proof {
    boolean isGiven() throws GeneralSecurityException;
  }

  /**
   * Whether it holds for two things: as the proof says, if it is not known to.
   *
   * @param what is proven
   * @param first all that the proof looks at, together with the second
   */
  static boolean hold(String what, byte[] first, byte[] second, Proof proof)
      throws GeneralSecurityException {
    ByteBuffer name = name(what, first, second);
    synchronized (KNOWN) {
      if (KNOWN.get(name) != null) {
        return true;
      }
    }
    boolean given = proof.isGiven();
    if (given) {
      synchronized (KNOWN) {
        KNOWN.put(name, true);
      }
    }
    return given;
  }

  private static ByteBuffer name(String what, byte[] first, byte[] second)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(first.length).array());
    digest.update(first);
    digest.update(second);
    return ByteBuffer.wrap(digest.digest(what.getBytes(StandardCharsets.US_ASCII)));
  }
}
