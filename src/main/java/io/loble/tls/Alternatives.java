package io.loble.tls;

import io.loble.preface.EcdsaOffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Certificates for one name, with keys of different kinds: those of elliptic curves first, since a
 * server signs faster with them, and RSA for clients that know nothing else.
 */
record Alternatives<V>(List<Of<V>> all) {

  /** One of them. */
  record Of<V>(KeyKind kind, V value) {}

  Alternatives {
    all = List.copyOf(all);
  }

  /** The first one that the client can check, or else simply the first. */
  V pick(EcdsaOffer offer) {
    for (int i = 0; i < all.size(); i++) {
      Of<V> next = all.get(i);
      if (next.kind() != KeyKind.RSA && next.kind().suits(offer)) {
        return next.value();
      }
    }
    // The last is RSA, if there is one.
    return all.get(all.size() - 1).value();
  }

  /** With one more; of two of a kind, the one that came first stays. */
  Alternatives<V> and(KeyKind kind, V value) {
    if (all.stream().anyMatch(other -> other.kind() == kind)) {
      return this;
    }
    List<Of<V>> more = new ArrayList<>(all);
    more.add(new Of<>(kind, value));
    more.sort(Comparator.comparing((Of<V> of) -> of.kind() == KeyKind.RSA).thenComparing(Of::kind));
    return new Alternatives<>(more);
  }
}
