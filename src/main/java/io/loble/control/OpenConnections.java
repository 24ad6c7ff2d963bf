package io.loble.control;

import org.jspecify.annotations.Nullable;

/** How many connections are open at the moment. Asked for what exists only in part: 0 then. */
interface OpenConnections {

  /** Of the listener with that name. */
  long ofListener(@Nullable String listener);

  /** Of all backends of a pool. */
  long ofPool(@Nullable String pool);

  /** Of one backend. */
  long ofBackend(@Nullable String pool, @Nullable String backend);
}
