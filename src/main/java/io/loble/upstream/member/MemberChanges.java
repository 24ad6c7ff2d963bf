package io.loble.upstream.member;

import io.loble.model.Source;
import java.util.List;

/**
 * How an update has changed the membership of a pool. Each member that is present or leaving after
 * the update, and was affected, is in exactly one list.
 *
 * @param joined new members
 * @param returned members that were leaving, and belong to the pool again
 * @param stayed members that were present and still are, maybe with other settings
 * @param left members that were present and are leaving now
 */
public record MemberChanges(
    List<Member> joined, List<Member> returned, List<Member> stayed, List<Member> left) {

  public MemberChanges {
    joined = List.copyOf(joined);
    returned = List.copyOf(returned);
    stayed = List.copyOf(stayed);
    left = List.copyOf(left);
  }

  /** What of it is about the members that one source names. */
  public MemberChanges of(Source source) {
    return new MemberChanges(
        named(joined, source), named(returned, source), named(stayed, source), named(left, source));
  }

  private static List<Member> named(List<Member> members, Source source) {
    return members.stream().filter(member -> member.source() == source).toList();
  }
}
