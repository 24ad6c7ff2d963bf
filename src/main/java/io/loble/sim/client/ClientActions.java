package io.loble.sim.client;

import io.vertx.core.buffer.Buffer;

/** What the behaviour of a client may do. Called on the client's event loop. */
interface ClientActions {

  /** Sends bytes that complete a request, and waits for its answer. */
  void ask(String bytes, String answer);

  /** Sends bytes that begin or complete a request, and waits for its answer. */
  void ask(String bytes, Answer answer);

  /** Sends bytes that by themselves ask for no answer. */
  void send(String bytes);

  /** Sends bytes that by themselves ask for no answer. */
  void send(Buffer bytes);

  /** Whether what is sent now goes out soon; when it does not, the behaviour hears when it will. */
  boolean isWritable();

  /** Sends no more, and goes on reading. */
  void endOutput();

  /** Fails unless the other side ends its output in time. */
  void awaitEnd();

  /** Whatever is done now was due now. To be said where something follows from an answer. */
  void thenNow();

  /** Does something some time from now, unless the client ends before. One thing at a time. */
  void thenAfter(int millis, Runnable step);

  /**
   * Does something some time after the step before was due, unless the client ends before. One
   * thing at a time.
   */
  void onGridAfter(int millis, Runnable step);

  /** Closes the connection and makes another. No answer may be due. */
  void reconnect();

  /** Ends a client that has done everything. */
  void finish();

  /** Ends a client that has done everything, with a reset in place of a close. */
  void finishWithReset();
}
