package io.loble.upstream.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.model.HostPort;
import io.loble.model.Source;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Who is in a pool after sources have named its members, again and again. */
class MembershipTest {

  private static final BackendConfig A = backend("a", 1, 1);
  private static final BackendConfig B = backend("b", 2, 1);

  private final Membership membership = new Membership();

  @Property(tries = 300)
  void theChangesOfAllUpdatesAddUpToTheMembership(
      @ForAll("updates") List<List<BackendConfig>> updates) {
    Membership tested = new Membership();
    Set<MemberId> present = new HashSet<>();
    Set<MemberId> leaving = new HashSet<>();
    for (List<BackendConfig> update : updates) {
      MemberChanges changes = tested.update(Source.CONFIGURATION, update);
      for (Member member : changes.joined()) {
        assertThat(leaving).doesNotContain(member.id());
        assertThat(present.add(member.id())).isTrue();
      }
      for (Member member : changes.returned()) {
        assertThat(leaving.remove(member.id())).isTrue();
        assertThat(present.add(member.id())).isTrue();
      }
      assertThat(present).containsAll(ids(changes.stayed()));
      for (Member member : changes.left()) {
        assertThat(present.remove(member.id())).isTrue();
        assertThat(leaving.add(member.id())).isTrue();
      }
      assertThat(ids(tested.leaving())).containsExactlyInAnyOrderElementsOf(leaving);
      assertThat(ids(tested.present())).containsExactlyInAnyOrderElementsOf(present);
    }
  }

  @Property(tries = 300)
  void presentIsWhatTheLastUpdateNamesInItsOrder(
      @ForAll("updates") List<List<BackendConfig>> updates) {
    Membership tested = new Membership();
    for (List<BackendConfig> update : updates) {
      tested.update(Source.CONFIGURATION, update);
      assertThat(tested.present().stream().map(Member::config)).containsExactlyElementsOf(update);
      assertThat(ids(tested.leaving())).noneMatch(ids(tested.present())::contains);
    }
  }

  @Property(tries = 300)
  void theSameAgainChangesNothing(@ForAll("updates") List<List<BackendConfig>> updates) {
    Membership tested = new Membership();
    for (List<BackendConfig> update : updates) {
      tested.update(Source.CONFIGURATION, update);
      MemberChanges again = tested.update(Source.CONFIGURATION, update);
      assertThat(again.joined()).isEmpty();
      assertThat(again.returned()).isEmpty();
      assertThat(again.left()).isEmpty();
      assertThat(again.stayed()).containsExactlyElementsOf(tested.present());
    }
  }

  @Test
  void otherSettingsAreNoOtherMember() {
    update(A);
    MemberChanges changes = update(backend("a", 1, 7));
    assertThat(changes.stayed()).extracting(member -> member.config().weight()).containsExactly(7);
    assertThat(changes.left()).isEmpty();
  }

  @Test
  void anotherAddressIsAnotherMemberOfThatName() {
    update(A);
    MemberChanges changes = update(backend("a", 9, 1));
    assertThat(ids(changes.joined())).containsExactly(id("a", 9));
    assertThat(ids(changes.left())).containsExactly(id("a", 1));
    assertThat(ids(membership.leaving())).containsExactly(id("a", 1));
    Member found = membership.find("a");
    assertThat(found).isNotNull();
    assertThat(found.id()).isEqualTo(id("a", 9));
  }

  @Test
  void whatWasForgottenJoinsAnew() {
    update(A, B);
    update(B);
    membership.forget(id("a", 1));
    assertThat(membership.leaving()).isEmpty();
    assertThat(ids(update(A, B).joined())).containsExactly(id("a", 1));
  }

  @Test
  void theSourceTellsAllAtOnceAndNothingOnceItIsStopped() {
    ConfiguredMembers source = new ConfiguredMembers();
    source.configure(List.of(A));
    source.start(membership::update);
    assertThat(ids(membership.present())).containsExactly(id("a", 1));
    source.configure(List.of(A, B));
    assertThat(ids(membership.present())).containsExactly(id("a", 1), id("b", 2));
    source.stop();
    source.configure(List.of());
    assertThat(membership.present()).hasSize(2);
  }

  @Provide
  Arbitrary<List<List<BackendConfig>>> updates() {
    Arbitrary<BackendConfig> backend =
        Combinators.combine(
                Arbitraries.of("a", "b", "c"),
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 2))
            .as(MembershipTest::backend);
    return backend.list().ofMaxSize(5).map(MembershipTest::withUniqueNames).list().ofMaxSize(12);
  }

  private static List<BackendConfig> withUniqueNames(List<BackendConfig> backends) {
    Map<String, BackendConfig> unique = new LinkedHashMap<>();
    backends.forEach(backend -> unique.putIfAbsent(backend.name(), backend));
    return List.copyOf(unique.values());
  }

  private MemberChanges update(BackendConfig... backends) {
    return membership.update(Source.CONFIGURATION, List.of(backends));
  }

  private static List<MemberId> ids(Collection<Member> members) {
    return members.stream().map(Member::id).toList();
  }

  private static MemberId id(String name, int port) {
    return new MemberId(name, new HostPort("127.0.0.1", port));
  }

  private static BackendConfig backend(String name, int port, int weight) {
    return new BackendConfig(name, new HostPort("127.0.0.1", port), weight, 0);
  }
}
