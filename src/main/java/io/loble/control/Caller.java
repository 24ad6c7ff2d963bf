package io.loble.control;

/**
 * The origin of a command.
 *
 * @param name as events and versions show it, such as {@code bus} or {@code alice (http 10.0.0.7)}
 */
public record Caller(String name) {

  /** A sender on the event bus. */
  public static final Caller BUS = new Caller("bus");

  /** A file that has changed. */
  public static Caller file(String path) {
    return new Caller("file " + path);
  }

  /** A process that sent a signal, such as {@code SIGHUP}. */
  public static Caller signal(String name) {
    return new Caller("signal " + name);
  }

  /**
   * An HTTP client.
   *
   * @param name that is given to the token; empty where there is none
   */
  public static Caller http(String name, String address) {
    String http = "http " + address;
    return new Caller(name.isEmpty() ? http : name + " (" + http + ")");
  }
}
