package io.loble.sim.client;

import java.util.Optional;

/** One answer whose end is told by what carries it, compared byte for byte as it arrives. */
final class Comparison {

  private static final byte[] NOTHING = new byte[0];

  private final Answer right;
  private long matched;

  Comparison(Answer right) {
    this.right = right;
  }

  /** The next bytes; tells the first that is not the right one. */
  Optional<Mismatch> accept(byte[] arrived) {
    int to = (int) Math.min(arrived.length, right.length() - matched);
    int wrong = right.mismatch(matched, arrived, 0, to);
    matched += wrong;
    return wrong < arrived.length
        ? Optional.of(Mismatch.of(right, matched, arrived, wrong))
        : Optional.empty();
  }

  /** Nothing more comes; tells where bytes are missing. */
  Optional<Mismatch> end() {
    return matched < right.length()
        ? Optional.of(Mismatch.of(right, matched, NOTHING, 0))
        : Optional.empty();
  }
}
