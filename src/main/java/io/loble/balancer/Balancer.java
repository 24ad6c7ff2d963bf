package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;

/**
 * Puts the backends of one pool that are in rotation in order.
 *
 * <p>A balancer belongs to one event loop. What must be exact over all cores (whose turn it is, how
 * many connections a backend has) it reads from the stats that they share.
 */
public interface Balancer {

  /**
   * The backends in the order in which they should be tried for this client: each of those in
   * rotation once. The first is the choice; the others are for when it cannot be had. Only the
   * backends that are asked for are worked out.
   */
  Iterator<Backend> candidates(ClientKey client);

  /**
   * What {@link #candidates} would say now, if it were asked for this client. Takes no turn and
   * draws no chance; comes from the same code as the choice.
   */
  Forecast forecast(ClientKey client);
}
