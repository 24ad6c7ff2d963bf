package io.loble.proxy;

/** One client of a {@link RequestServer}, as the client's connection sees it. */
public interface ServedClient {

  /** Requests that are under way are finished; then the connection is closed. */
  void drain();

  /** The client has sent its FIN: it asks for nothing more, but waits for answers. */
  void ended();

  /** The time is up in which the client had to say what it wants. */
  void headTimedOut();

  /** The connection is over: what is under way is given up. */
  void gone();
}
