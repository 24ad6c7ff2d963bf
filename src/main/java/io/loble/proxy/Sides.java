package io.loble.proxy;

import io.loble.model.Bandwidth;
import io.loble.model.PumpMode;
import io.loble.net.ReadPauses;
import io.loble.net.Stream;
import org.jspecify.annotations.Nullable;

/** The two sides of one connection. There is no backend's side before one is connected. */
final class Sides {

  private final Stream client;
  private @Nullable Stream backend;
  private boolean clientSpokeLast;
  private long sent;

  Sides(Stream client) {
    this.client = client;
  }

  Stream client() {
    return client;
  }

  /** The backend's side; null when none was connected. */
  @Nullable Stream backend() {
    return backend;
  }

  void connected(Stream toBackend) {
    backend = toBackend;
  }

  /** Holds each side to a bandwidth from now on. */
  void pace(Bandwidth bandwidth, ReadPauses pauses) {
    client.pace(bandwidth, pauses);
    if (backend != null) {
      backend.pace(bandwidth, pauses);
    }
  }

  /** Bytes that came from a side were relayed. */
  void relayed(Stream from) {
    clientSpokeLast = from == client;
  }

  /** Whether the bytes that were relayed last came from the client. */
  boolean clientSpokeLast() {
    return clientSpokeLast;
  }

  long bytesToBackend() {
    return client.bytes();
  }

  long bytesToClient() {
    return backend == null ? sent : backend.bytes();
  }

  /** That many bytes were sent to a client that has no backend of its own. */
  void sent(int bytes) {
    sent += bytes;
  }

  /** How bytes were relayed so far, in either direction. */
  PumpMode mode() {
    return client.hasSpliced() || (backend != null && backend.hasSpliced())
        ? PumpMode.SPLICE
        : PumpMode.BUFFER;
  }

  /** Neither side is read any more. */
  void stop() {
    client.stop();
    if (backend != null) {
      backend.stop();
    }
  }

  void close() {
    client.close();
    if (backend != null) {
      backend.close();
    }
  }

  void reset() {
    client.reset();
    if (backend != null) {
      backend.reset();
    }
  }
}
