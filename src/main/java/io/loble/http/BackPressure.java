package io.loble.http;

import io.loble.net.channel.HeldReads;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientStream;

/**
 * Between the two sides of one request: the one that takes no more stops the other from being read.
 * When the request is over, each side has others to serve, whom this one must not hold up.
 */
final class BackPressure {

  private final KeptConnection connection;
  private final HttpClientStream stream;
  private final HttpServerRequest request;
  private boolean paused;
  private boolean over;

  BackPressure(KeptConnection connection, HttpClientStream stream, HttpServerRequest request) {
    this.connection = connection;
    this.stream = stream;
    this.request = request;
  }

  /** Vert.x's other method that tells this says the contrary where HTTP/2 is spoken. */
  boolean backendIsFull() {
    return stream.isNotWritable();
  }

  /** By a connection of HTTP/2 others come too, and windows bound what does. */
  void holdClient() {
    if (request.version() != HttpVersion.HTTP_2) {
      HeldReads.hold(request.connection(), connection.connection());
    }
  }

  void holdBackend() {
    if (!connection.isShared()) {
      HeldReads.hold(connection.connection(), request.connection());
    }
  }

  /** Takes nothing more of the answer for now. */
  void stopReading() {
    paused = true;
    connection.holdEnd();
    stream.doPause();
  }

  /** Takes more of the answer, to its end. */
  void readOn() {
    if (!over) {
      paused = false;
      stream.doFetch(Long.MAX_VALUE);
      if (!over && !paused) {
        connection.letEnd();
      }
    }
  }

  /** The request is over, and the connections of both sides go on. */
  void release() {
    if (!connection.isShared()) {
      HeldReads.release(connection.connection(), request.connection());
    }
    if (request.version() != HttpVersion.HTTP_2) {
      HeldReads.release(request.connection(), connection.connection());
    }
    giveUp();
  }

  /** The request is over, and so is its connection to the backend. */
  void giveUp() {
    over = true;
    connection.letEnd();
  }
}
