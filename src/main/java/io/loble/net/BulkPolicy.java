package io.loble.net;

/**
 * Decides for one direction of a connection whether its bytes stay inside the kernel. Told of what
 * moves, and asked before each move.
 */
public interface BulkPolicy {

  /** Never: what a direction does without pipes. */
  BulkPolicy NEVER =
      new BulkPolicy() {
        @Override
        public boolean splices() {
          return false;
        }

        @Override
        public void read(int bytes) {}

        @Override
        public void spliced(int bytes) {}

        @Override
        public void drained() {}
      };

  /** Whether to splice what comes next. */
  boolean splices();

  /** One read through a buffer has brought so many bytes. */
  void read(int bytes);

  /** So many bytes were spliced. */
  void spliced(int bytes);

  /** All that was there has been spliced. */
  void drained();
}
