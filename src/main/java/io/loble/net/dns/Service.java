package io.loble.net.dns;

/**
 * A server of a service (RFC 2782).
 *
 * @param priority lower ones are used first, 0 to 65535
 * @param weight its share among those of the same priority, 0 to 65535
 * @param port 0 to 65535
 * @param target its host, absolute, with a dot at the end; {@code .} says that there is no such
 *     service
 */
public record Service(int priority, int weight, int port, String target) {

  /** Whether there is something to connect to. */
  public boolean isUsable() {
    return port != 0 && !target.equals(".");
  }
}
