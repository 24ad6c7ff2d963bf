package io.loble.sim.server;

import io.vertx.core.buffer.Buffer;

/**
 * What is spoken on one connection: it takes up what the client has sent, one thing after the
 * other, and answers it. Lives on its connection's event loop.
 */
interface Dialogue {

  /** What it may do with its connection. */
  interface Way {

    /** Sends bytes after those before. */
    void write(Buffer bytes);

    /**
     * Does something so long from now, at once when that is not positive; takes up nothing else.
     */
    void after(long nanos, Runnable step);

    /** Whether the connection is to end as soon as no answer is due. */
    boolean isStopping();

    /** Closes after what was written; takes up nothing more. */
    void close();

    /** Sends last bytes and closes, though the client may still be sending. */
    void refuse(Buffer last);

    /** What comes from now on is for another dialogue. */
    void become(Dialogue next);
  }

  /** Adds bytes; only when {@link #advance} has answered no for those before. */
  void offer(Buffer chunk);

  /**
   * Takes up one thing: a request, a piece of one, or the next piece of an answer. Called only when
   * the connection takes what is written.
   *
   * @return no when there is nothing until more bytes come
   */
  boolean advance();

  /** Whether a request that was taken up is not answered to its end. */
  boolean isMidAnswer();

  /** The connection has ended. */
  default void release() {}
}
