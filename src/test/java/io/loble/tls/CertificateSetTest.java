package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loble.preface.ClientHello;
import io.loble.preface.EcdsaOffer;
import io.loble.tls.CertificateMatch.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificateSetTest {

  private static final EcdsaOffer P256 = new EcdsaOffer(true, false, false);

  /** Chosen by name and kind alone: the chain's facts are all that is looked at. */
  private static Credential credential(KeyKind kind, String... names) {
    CertificateFacts facts =
        new CertificateFacts(
            "CN=x", "CN=y", List.of(names), List.of(), Instant.MIN, Instant.MAX, "");
    return new Credential(
        new CertificateChain("c", List.of(), List.of(facts)),
        TestCertificates.AUTHORITY.getKeyPair().getPrivate(),
        kind);
  }

  private static CertificateSet<Credential> set(boolean strict, Credential... credentials) {
    return CertificateSet.of(List.of(credentials), strict, c -> c);
  }

  private static ClientHello hello(@Nullable String name, EcdsaOffer offer) {
    return new ClientHello(name, List.of(), 0x0304, offer);
  }

  @Test
  void picksByName() {
    Credential first = credential(KeyKind.RSA, "first.example");
    Credential exact = credential(KeyKind.RSA, "a.example.com", "example.com");
    Credential wildcard = credential(KeyKind.RSA, "*.example.com");
    CertificateSet<Credential> set = set(false, first, wildcard, exact);

    assertThat(set.names()).isEqualTo(4);
    assertThat(set.pick(hello("a.example.com", P256))).isSameAs(exact);
    assertThat(set.pick(hello("example.com", P256))).isSameAs(exact);
    assertThat(set.pick(hello("b.example.com", P256))).isSameAs(wildcard);
    assertThat(set.pick(hello("b.a.example.com", P256))).isSameAs(first);
    assertThat(set.pick(hello("other.example", P256))).isSameAs(first);
    assertThat(set.pick(hello("com", P256))).isSameAs(first);
    assertThat(set.pick(hello(null, P256))).isSameAs(first);
  }

  @Test
  void strictRefusesOtherNames() {
    Credential only = credential(KeyKind.RSA, "*.example.com");
    CertificateSet<Credential> set = set(true, only);
    assertThat(set.pick(hello("a.example.com", P256))).isSameAs(only);
    assertThat(set.pick(hello("example.com", P256))).isNull();
    assertThat(set.pick(hello(null, P256))).isNull();
  }

  @Test
  void picksTheKeyThatTheClientCanCheck() {
    Credential rsa = credential(KeyKind.RSA, "a.example");
    Credential p256 = credential(KeyKind.EC_P256, "a.example");
    Credential p384 = credential(KeyKind.EC_P384, "a.example");
    CertificateSet<Credential> set = set(false, rsa, p384, p256);
    assertThat(set.pick(hello("a.example", new EcdsaOffer(true, true, true)))).isSameAs(p256);
    assertThat(set.pick(hello("a.example", new EcdsaOffer(false, true, true)))).isSameAs(p384);
    assertThat(set.pick(hello("a.example", EcdsaOffer.NONE))).isSameAs(rsa);
    // Of the same names as the first: what is chosen without a name is chosen likewise.
    assertThat(set.pick(hello(null, P256))).isSameAs(p256);
    assertThat(set.pick(hello(null, EcdsaOffer.NONE))).isSameAs(rsa);
  }

  @Test
  void aClientThatCanCheckNoneGetsTheOneThatThereIs() {
    Credential p384 = credential(KeyKind.EC_P384, "a.example");
    assertThat(set(false, p384).pick(hello("a.example", EcdsaOffer.NONE))).isSameAs(p384);
  }

  @Test
  void theFirstOfTwoWithTheSameNameStays() {
    Credential one = credential(KeyKind.RSA, "a.example");
    Credential two = credential(KeyKind.RSA, "a.example", "b.example");
    CertificateSet<Credential> set = set(false, one, two);
    assertThat(set.pick(hello("a.example", P256))).isSameAs(one);
    assertThat(set.pick(hello("b.example", P256))).isSameAs(two);
  }

  /** Not the same as a wildcard, though it looks like one in the table. */
  @Test
  void aNameThatIsNoneMatchesNothing() {
    Credential first = credential(KeyKind.RSA, "first.example");
    Credential odd = credential(KeyKind.RSA, ".example.com", "*", "*.", "");
    assertThat(set(false, first, odd).pick(hello("a.example.com", P256))).isSameAs(first);
    assertThat(set(false, first, odd).names()).isEqualTo(1);
  }

  @Test
  void saysWhatANameGetsAndWhy() {
    Credential first = credential(KeyKind.RSA, "first.example");
    Credential rsa = credential(KeyKind.RSA, "a.example");
    Credential p256 = credential(KeyKind.EC_P256, "a.example");
    Credential wildcard = credential(KeyKind.RSA, "*.example");
    CertificateSet<Credential> lenient = set(false, first, rsa, p256, wildcard);

    assertThat(lenient.match("a.example"))
        .isEqualTo(new CertificateMatch<>(Why.EXACT, List.of(p256, rsa)));
    assertThat(lenient.match("b.example"))
        .isEqualTo(new CertificateMatch<>(Why.WILDCARD, List.of(wildcard)));
    assertThat(lenient.match("other")).isEqualTo(new CertificateMatch<>(Why.FIRST, List.of(first)));
    assertThat(lenient.match(null)).isEqualTo(new CertificateMatch<>(Why.FIRST, List.of(first)));
    assertThat(set(true, first).match(null)).isEqualTo(new CertificateMatch<>(Why.NONE, List.of()));
  }

  @Test
  void needsACertificate() {
    assertThatIllegalArgumentException().isThrownBy(() -> set(false));
  }

  @Property
  void agreesWithALookAtAllOfThem(
      @ForAll("certificates") List<List<String>> certificates,
      @ForAll("name") String name,
      @ForAll boolean strict) {
    List<Credential> credentials = new ArrayList<>();
    certificates.forEach(
        names -> credentials.add(credential(KeyKind.RSA, names.toArray(String[]::new))));
    CertificateSet<Credential> set = CertificateSet.of(credentials, strict, c -> c);
    assertThat(set.pick(hello(name, P256))).isSameAs(search(credentials, name, strict));
  }

  private static @Nullable Credential search(
      List<Credential> credentials, String name, boolean strict) {
    String wildcard = name.replaceFirst("^[^.]+", "*");
    return first(credentials, name)
        .or(() -> name.contains(".") ? first(credentials, wildcard) : Optional.empty())
        .orElse(strict ? null : credentials.get(0));
  }

  private static Optional<Credential> first(List<Credential> credentials, String name) {
    return credentials.stream()
        .filter(c -> c.chain().leafFacts().dnsNames().contains(name))
        .findFirst();
  }

  @Provide
  Arbitrary<String> name() {
    return Arbitraries.of("a", "b").list().ofMinSize(1).ofMaxSize(3).map(l -> String.join(".", l));
  }

  @Provide
  Arbitrary<List<List<String>>> certificates() {
    Arbitrary<String> names = Arbitraries.oneOf(name(), name().map(name -> "*." + name));
    return names.list().ofMaxSize(3).list().ofMinSize(1).ofMaxSize(4);
  }
}
