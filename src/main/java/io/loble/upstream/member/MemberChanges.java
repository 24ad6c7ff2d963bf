package io.loble.upstream.member;

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
}
