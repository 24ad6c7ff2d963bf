package io.loble.model;

/**
 * How connections to the backends of a pool begin.
 *
 * @param sendProxy what is sent before anything of the client's
 * @param source where they come from
 */
public record Outbound(SendProxy sendProxy, SourceAddresses source) {

  /** Where the configuration does not say. */
  public static final Outbound PLAIN = new Outbound(SendProxy.OFF, SourceAddresses.NONE);
}
