package io.loble.proxy;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one event loop.
 *
 * @param total how many there are of those that were asked for
 * @param oldest the oldest of them, the oldest first
 */
public record LiveConnections(long total, List<LiveConnection> oldest) {

  public LiveConnections {
    oldest = List.copyOf(oldest);
  }

  /**
   * Which connections are asked for.
   *
   * @param limit the most that are told of; the others are counted
   */
  public record Query(
      Optional<String> listener,
      Optional<String> pool,
      Optional<String> backend,
      Optional<ClientRange> client,
      int limit) {

    boolean isOf(
        String itsListener, String itsPool, @Nullable String itsBackend, SocketAddress itsClient) {
      return listener.map(itsListener::equals).orElse(true)
          && pool.map(itsPool::equals).orElse(true)
          && backend.map(name -> name.equals(itsBackend)).orElse(true)
          && client.map(range -> range.holds(itsClient)).orElse(true);
    }
  }
}
