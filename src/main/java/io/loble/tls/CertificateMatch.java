package io.loble.tls;

import java.util.List;
import java.util.function.Function;

/**
 * What a client that asks for a name gets.
 *
 * @param why it is chosen
 * @param values what goes with the certificates for that name, one for each kind of key: the first
 *     is for clients that can check any; empty for none
 */
public record CertificateMatch<V>(Why why, List<V> values) {

  /** Why a certificate is chosen. */
  public enum Why {
    /** It has exactly that name. */
    EXACT,
    /** It has a name with a wildcard that covers it. */
    WILDCARD,
    /** It is the first, and no certificate has the name, or the client asks for none. */
    FIRST,
    /** No certificate has the name, or the client asks for none, and the first is not for it. */
    NONE
  }

  public CertificateMatch {
    values = List.copyOf(values);
  }

  static <V> CertificateMatch<V> of(Why why, Alternatives<V> found) {
    return new CertificateMatch<>(why, found.all().stream().map(Alternatives.Of::value).toList());
  }

  /** The same with something else of each certificate. */
  <W> CertificateMatch<W> map(Function<V, W> of) {
    return new CertificateMatch<>(why, values.stream().map(of).toList());
  }
}
