package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;

/** One backend, and then those that an algorithm names, that one again among them. */
final class PreferredFirst implements Iterator<Backend> {

  private final Backend preferred;
  private final Iterator<Backend> others;
  private boolean begun;

  PreferredFirst(Backend preferred, Iterator<Backend> others) {
    this.preferred = preferred;
    this.others = others;
  }

  @Override
  public boolean hasNext() {
    return !begun || others.hasNext();
  }

  @Override
  public Backend next() {
    if (!begun) {
      begun = true;
      return preferred;
    }
    return others.next();
  }
}
