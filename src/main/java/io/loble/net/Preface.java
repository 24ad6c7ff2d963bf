package io.loble.net;

import io.netty.buffer.ByteBuf;

/**
 * Looks at what one side of a connection sends first, before it is relayed. Called on the stream's
 * event loop.
 */
@FunctionalInterface
public interface Preface {

  /**
   * More has come.
   *
   * @param soFar all that has come and was not skipped; not to be kept or changed. What is skipped
   *     by moving the reader index is not relayed
   * @param ended whether nothing more will come: the side has sent its FIN, or the most that may be
   *     held is there
   * @return whether enough was seen: then nothing is read until the stream is joined to another,
   *     which gets what was not skipped. Without effect when nothing more will come
   */
  boolean read(ByteBuf soFar, boolean ended);
}
