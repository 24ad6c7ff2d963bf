package io.loble.net;

/** Hears of the end of a connect: exactly one of the methods is called, once. */
public interface DialEvents {

  void connected(Stream stream);

  /** The cause is one that {@link ConnectError} knows. */
  void connectFailed(Throwable cause);
}
