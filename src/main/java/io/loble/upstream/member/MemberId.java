package io.loble.upstream.member;

import io.loble.model.Address;

/**
 * The identity of a member within its pool. As long as both name and address stay, a member keeps
 * its health and its counters, whichever source names it.
 */
public record MemberId(String name, Address address) {}
