package io.loble.model;

import org.jspecify.annotations.Nullable;

/** The room that the backends of a pool have, as one snapshot has them; trials come first. */
public record FreeRoom(Pool pool) implements RoomQueue.Room<Place> {

  @Override
  public @Nullable Place take() {
    for (Backend backend : pool.backends()) {
      if (pool.mayTry(backend) && backend.stats().trial().take() && hasTaken(backend)) {
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

  private static boolean hasTaken(Backend backend) {
    return backend.stats().admission().tryAcquire(backend.maxConnections());
  }

  @Override
  public void giveBack(Place place) {
    place.backend().stats().admission().release();
  }
}
