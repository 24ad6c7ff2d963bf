package io.loble.net;

/** A kind of stream, of which each side of a connection may have its own. */
public enum StreamKind {
  /** Without a pipeline where this system has such streams, else a channel. */
  FASTEST,
  /** One with a pipeline, which {@linkplain Stream#encrypt can be encrypted}. */
  CHANNEL
}
