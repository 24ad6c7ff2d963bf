package io.loble.net;

import java.io.IOException;

/** A connect would come back to the process that makes it. */
public final class LoopException extends IOException {

  /**
   * @param address where it would have gone
   */
  public LoopException(String address) {
    super(address + " is a listener of this process, which leads back here");
  }
}
