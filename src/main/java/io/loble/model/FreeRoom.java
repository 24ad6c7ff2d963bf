package io.loble.model;

import org.jspecify.annotations.Nullable;

/** The room that the backends of a pool have, as one snapshot has them; trials come first. */
public record FreeRoom(Pool pool) implements RoomQueue.Room<Place> {

  /**
   * Gives the room that a pool has to those who wait for it. To be called when there may be more,
   * on any thread.
   *
   * @param pool as it is now; null when it is gone
   */
  public static void handOut(@Nullable Pool pool) {
    if (pool != null && pool.stats().room().isAwaited()) {
      pool.stats().room().handOut(new FreeRoom(pool));
    }
  }

  @Override
  public @Nullable Place take() {
    for (Backend backend : pool.backends()) {
      // A trial that finds no room is lost, until the next is granted.
      if (pool.mayTry(backend)
          && hasRoom(backend)
          && backend.stats().trial().take()
          && hasTaken(backend)) {
        return new Place(backend, true);
      }
    }
    for (Backend backend : pool.backends()) {
      if (backend.takesConnections() && hasTaken(backend)) {
        return new Place(backend, false);
      }
    }
    return null;
  }

  private static boolean hasRoom(Backend backend) {
    return backend.stats().admission().hasRoom(backend.maxConnections());
  }

  private static boolean hasTaken(Backend backend) {
    return backend.stats().admission().tryAcquire(backend.maxConnections());
  }

  @Override
  public void giveBack(Place place) {
    place.backend().stats().admission().release();
  }
}
