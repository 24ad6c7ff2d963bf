package io.loble.tls;

import io.loble.preface.ClientHello;
import io.loble.tls.CertificateMatch.Why;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What goes with each of several certificates, found by the name that a client asks for: the
 * certificate of exactly that name, else one with a wildcard in place of its first label (RFC 9525,
 * section 6.3), else the first certificate or none. Of certificates for the same name, the one with
 * a key that the client can check is taken, elliptic curves before RSA; of those with keys of the
 * same kind, the first.
 *
 * <p>A look-up takes two probes of a hash table at the most, however many certificates there are.
 * Immutable; may be asked from any thread.
 *
 * @param <V> what goes with a certificate
 */
public final class CertificateSet<V> {

  private static final String WILDCARD = "*.";

  /** By name; wildcards without their first label, and so with a dot in front. */
  private final Map<String, Alternatives<V>> byName;

  private final @Nullable Alternatives<V> otherwise;

  private CertificateSet(Map<String, Alternatives<V>> byName, @Nullable Alternatives<V> otherwise) {
    this.byName = byName;
    this.otherwise = otherwise;
  }

  /**
   * Puts them in order by name.
   *
   * @param credentials in order, one at least
   * @param strict whether a client that asks for no name, or for one that no certificate has, gets
   *     none
   * @param value made once for each credential
   */
  public static <V> CertificateSet<V> of(
      List<Credential> credentials, boolean strict, Function<Credential, V> value) {
    Map<String, Alternatives<V>> byName = new HashMap<>();
    Alternatives<V> first = null;
    List<String> firstNames = List.of();
    for (Credential credential : credentials) {
      V its = value.apply(credential);
      List<String> names = names(credential);
      for (String name : names) {
        byName.merge(key(name), one(credential, its), (a, b) -> a.and(credential.kind(), its));
      }
      if (first == null) {
        first = one(credential, its);
        firstNames = names;
      } else if (names.equals(firstNames)) {
        first = first.and(credential.kind(), its);
      }
    }
    if (first == null) {
      throw new IllegalArgumentException("no certificate");
    }
    return new CertificateSet<>(Map.copyOf(byName), strict ? null : first);
  }

  private static <V> Alternatives<V> one(Credential credential, V value) {
    return new Alternatives<>(List.of(new Alternatives.Of<>(credential.kind(), value)));
  }

  /** Without those that no client can ask for. */
  private static List<String> names(Credential credential) {
    return credential.chain().leafFacts().dnsNames().stream()
        .filter(name -> !name.isEmpty() && !name.startsWith("."))
        .filter(name -> !name.startsWith("*") || (name.startsWith(WILDCARD) && name.length() > 2))
        .toList();
  }

  private static String key(String name) {
    return name.startsWith(WILDCARD) ? name.substring(1) : name;
  }

  /** What goes with the certificate for this client; null when there is none. */
  public @Nullable V pick(ClientHello hello) {
    Alternatives<V> found = find(hello.serverName());
    return found == null ? null : found.pick(hello.ecdsa());
  }

  private @Nullable Alternatives<V> find(@Nullable String name) {
    if (name == null) {
      return otherwise;
    }
    Alternatives<V> exact = byName.get(name);
    Alternatives<V> found = exact == null ? wildcard(name) : exact;
    return found == null ? otherwise : found;
  }

  private @Nullable Alternatives<V> wildcard(String name) {
    int dot = name.indexOf('.');
    return dot > 0 ? byName.get(name.substring(dot)) : null;
  }

  /**
   * What goes with the certificates for a name, and why these.
   *
   * @param name in lower case; null for a client that asks for none
   */
  public CertificateMatch<V> match(@Nullable String name) {
    Alternatives<V> exact = name == null ? null : byName.get(name);
    if (exact != null) {
      return CertificateMatch.of(Why.EXACT, exact);
    }
    Alternatives<V> covers = name == null ? null : wildcard(name);
    if (covers != null) {
      return CertificateMatch.of(Why.WILDCARD, covers);
    }
    return otherwise == null
        ? new CertificateMatch<>(Why.NONE, List.of())
        : CertificateMatch.of(Why.FIRST, otherwise);
  }

  /** How many names there are. */
  public int names() {
    return byName.size();
  }
}
