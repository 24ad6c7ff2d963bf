package io.loble.model;

/** How the bytes of a connection were relayed. */
public enum PumpMode {
  /** Through buffers of this process, all of them. */
  BUFFER,
  /** Some of them inside the kernel, by {@code splice(2)}. */
  SPLICE;

  /** The name in the access log and the metrics. */
  public String label() {
    return this == SPLICE ? "splice" : "buffer";
  }
}
