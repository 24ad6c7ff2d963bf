package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;

/**
 * The same backend for the same client, on every core and in every process with the same backends,
 * by one look into a {@link MaglevTable}. When a backend leaves, its own clients move, and a few
 * others with them.
 */
final class Maglev implements Balancer {

  private final List<Backend> backends;
  private final MaglevTable table;

  /**
   * @param backends one or more, all of them in rotation
   * @param table theirs
   */
  Maglev(List<Backend> backends, MaglevTable table) {
    this.backends = backends;
    this.table = table;
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new BySlot(MaglevTable.slot(client.hash()));
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(candidates(client));
  }

  /** The owner of the client's slot, then those of the following slots. */
  private final class BySlot extends Candidates {

    private static final boolean[] NONE = {};

    private final int slot;
    private int passed;
    private boolean[] seen = NONE;

    BySlot(int slot) {
      super(backends);
      this.slot = slot;
    }

    @Override
    int first() {
      return table.at(slot);
    }

    @Override
    int another() {
      if (seen.length == 0) {
        seen = new boolean[backends.size()];
        seen[table.at(slot)] = true;
      }
      int index = unseenInTable();
      seen[index] = true;
      return index;
    }

    /** A backend with next to no weight may have no slot at all: it comes last. */
    private int unseenInTable() {
      while (passed < MaglevTable.SIZE) {
        passed++;
        int index = table.at((slot + passed) % MaglevTable.SIZE);
        if (!seen[index]) {
          return index;
        }
      }
      int index = 0;
      while (seen[index]) {
        index++;
      }
      return index;
    }
  }
}
