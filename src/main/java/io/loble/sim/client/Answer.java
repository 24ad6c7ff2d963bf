package io.loble.sim.client;

/** The bytes that a client must get. */
sealed interface Answer {

  long length();

  byte at(long offset);

  /**
   * Compares bytes with those from that place on; they must not be more than there are.
   *
   * @return where in the array the first is that differs, {@code to} when none does
   */
  int mismatch(long offset, byte[] arrived, int from, int to);

  /**
   * A short one.
   *
   * @param text one character a byte
   */
  record Text(String text) implements Answer {

    @Override
    public long length() {
      return text.length();
    }

    @Override
    public byte at(long offset) {
      return (byte) text.charAt((int) offset);
    }

    @Override
    public int mismatch(long offset, byte[] arrived, int from, int to) {
      int at = from;
      while (at < to && arrived[at] == at(offset + at - from)) {
        at++;
      }
      return at;
    }
  }

  /** One too long to be held in memory. */
  record Bulk(RandomBytes noise, long length) implements Answer {

    @Override
    public byte at(long offset) {
      return noise.at(offset);
    }

    @Override
    public int mismatch(long offset, byte[] arrived, int from, int to) {
      return noise.mismatch(offset, arrived, from, to);
    }
  }
}
