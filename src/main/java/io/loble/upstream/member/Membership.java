package io.loble.upstream.member;

import io.loble.config.BackendConfig;
import io.loble.model.Address;
import io.loble.model.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one pool, merged from all sources, and who has left it but may still have connections.
 * Names are unique among present members; leaving members may share theirs.
 */
public final class Membership {

  private final Map<Source, List<BackendConfig>> named = new EnumMap<>(Source.class);
  private final Map<MemberId, Member> leaving = new LinkedHashMap<>();
  private Map<String, Member> present = Map.of();

  /**
   * Takes over what a source says.
   *
   * @param members all members that the source names, in order
   * @return what this changes, in the order of the members
   */
  public MemberChanges update(Source source, List<BackendConfig> members) {
    named.put(source, List.copyOf(members));
    Map<String, Member> before = present;
    present = merged();
    List<Member> joined = new ArrayList<>();
    List<Member> returned = new ArrayList<>();
    List<Member> stayed = new ArrayList<>();
    for (Member member : present.values()) {
      if (holds(before, member)) {
        stayed.add(member);
      } else if (leaving.remove(member.id()) != null) {
        returned.add(member);
      } else {
        joined.add(member);
      }
    }
    List<Member> left = before.values().stream().filter(member -> !holds(present, member)).toList();
    left.forEach(member -> leaving.put(member.id(), member));
    return new MemberChanges(joined, returned, stayed, left);
  }

  /** The present members: those of the configuration first, each source's in its order. */
  public Collection<Member> present() {
    return Collections.unmodifiableCollection(present.values());
  }

  /** The present member of that name. */
  public @Nullable Member find(String name) {
    return present.get(name);
  }

  /** The members that have left and are not forgotten, in the order in which they left. */
  public Collection<Member> leaving() {
    return Collections.unmodifiableCollection(leaving.values());
  }

  /** Forgets a member that was leaving. */
  public void forget(MemberId member) {
    leaving.remove(member);
  }

  private Map<String, Member> merged() {
    Map<String, Member> result = new LinkedHashMap<>();
    Set<Address> addresses = new HashSet<>();
    named.forEach(
        (source, members) -> {
          merge(result, addresses, source, members);
          result.values().forEach(member -> addresses.add(member.address()));
        });
    return result;
  }

  /** A server that an earlier source has named, or whose name that has taken, is not added. */
  private static void merge(
      Map<String, Member> result,
      Set<Address> earlierAddresses,
      Source source,
      List<BackendConfig> members) {
    for (BackendConfig config : members) {
      if (!earlierAddresses.contains(config.address())) {
        result.putIfAbsent(config.name(), new Member(config, source));
      }
    }
  }

  private static boolean holds(Map<String, Member> members, Member wanted) {
    Member same = members.get(wanted.name());
    return same != null && same.id().equals(wanted.id());
  }
}
