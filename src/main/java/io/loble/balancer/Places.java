package io.loble.balancer;

import io.loble.model.Backend;

/** How a choice deals with what is limited. */
enum Places {
  /** For a connection that is going to be made. */
  TAKE {
    @Override
    boolean trialOn(Backend backend) {
      return backend.stats().trial().take();
    }

    @Override
    boolean placeOn(Backend backend) {
      return backend.stats().admission().tryAcquire(backend.maxConnections());
    }
  },
  /** To see what would come of it. */
  LOOK {
    @Override
    boolean trialOn(Backend backend) {
      return backend.stats().trial().isGranted();
    }

    @Override
    boolean placeOn(Backend backend) {
      return backend.stats().admission().hasRoom(backend.maxConnections());
    }
  };

  /** Whether the backend was granted a connection on trial that no other has taken. */
  abstract boolean trialOn(Backend backend);

  /** Whether the backend has room for the connection. */
  abstract boolean placeOn(Backend backend);
}
