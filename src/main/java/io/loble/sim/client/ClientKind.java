package io.loble.sim.client;

import java.util.Locale;

/** The kinds of simulated clients. */
public enum ClientKind {
  /** A few requests, each sent when the one before was answered. */
  REAL(50),
  /** One request, and gone without reading the answer. */
  FIRE_AND_FORGET(20),
  /** A line at a fixed pace, whether or not the ones before were answered. */
  STREAM(15),
  /** Connects and says nothing. */
  IDLE(10),
  /** Sends its one request a byte at a time. */
  SLOW(5),
  /** One big body there and back. */
  BULK(0),
  /** Ends its output after its requests, and still wants every answer. */
  HALF_CLOSE(0),
  /** Breaks its connection off in mid-exchange. */
  RESET(0),
  /** Connects, asks once and closes, many times without a pause. */
  RECONNECT_STORM(0),
  /** HTTP requests on one kept connection. */
  HTTP(0),
  /** A WebSocket, on which messages come back. */
  WEBSOCKET(0);

  private final int defaultWeight;

  ClientKind(int defaultWeight) {
    this.defaultWeight = defaultWeight;
  }

  /** The kind in lower case, as settings and reports name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ClientKind ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** Its share of all clients where no weights are configured. */
  public int defaultWeight() {
    return defaultWeight;
  }
}
