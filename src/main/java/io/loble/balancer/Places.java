package io.loble.balancer;

import io.loble.model.Backend;

/** How a choice deals with what is limited. */
interface Places {

  /** For a connection that is going to be made. */
  Places TAKE =
      new Places() {
        @Override
        public boolean trialOn(Backend backend) {
          return backend.stats().trial().take();
        }

        @Override
        public boolean placeOn(Backend backend) {
          return backend.stats().admission().tryAcquire(backend.maxConnections());
        }
      };

  /** To see what would come of it. */
  Places LOOK =
      new Places() {
        @Override
        public boolean trialOn(Backend backend) {
          return backend.stats().trial().isGranted();
        }

        @Override
        public boolean placeOn(Backend backend) {
          return backend.stats().admission().hasRoom(backend.maxConnections());
        }
      };

  /** Whether the backend was granted a connection on trial that no other has taken. */
  boolean trialOn(Backend backend);

  /** Whether the backend has room for the connection. */
  boolean placeOn(Backend backend);
}
