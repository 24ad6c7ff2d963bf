package io.loble.net.dns;

import io.loble.net.dns.DnsRecord.Alias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an answer says of a name, along the aliases that it has.
 *
 * @param name where the aliases end
 * @param records of the kind that was asked for, of that name
 * @param ttl the least of them and of the aliases
 * @param links how many aliases there were
 */
record Chain(String name, List<DnsRecord> records, long ttl, int links) {

  /** So many aliases a name may have, one after the other; in earnest there are two or three. */
  static final int LONGEST = 16;

  Chain {
    records = List.copyOf(records);
  }

  /** Before anything was asked. */
  static Chain of(String name) {
    return new Chain(name, List.of(), Long.MAX_VALUE, 0);
  }

  /**
   * Goes on from the end of this one.
   *
   * @throws DnsException where there is no end
   */
  Chain follow(DnsMessage message, RecordType type) throws DnsException {
    Map<String, List<DnsRecord>> found = new HashMap<>();
    Map<String, Alias> aliases = new HashMap<>();
    for (DnsRecord record : message.answers()) {
      if (record.type() == type) {
        found.computeIfAbsent(record.name(), name -> new ArrayList<>()).add(record);
      } else if (record instanceof Alias alias) {
        aliases.putIfAbsent(alias.name(), alias);
      }
    }
    Chain end = this;
    Alias next = aliases.get(end.name);
    while (next != null && !found.containsKey(end.name)) {
      end = end.with(next);
      next = aliases.get(end.name);
    }
    return end.with(found.getOrDefault(end.name, List.of()));
  }

  private Chain with(Alias alias) throws DnsException {
    if (links == LONGEST) {
      throw new DnsException("more than " + LONGEST + " aliases, or a circle of them");
    }
    if (!DnsName.isValid(alias.target())) {
      throw new DnsException("an alias that cannot be the name of a host");
    }
    return new Chain(alias.target(), List.of(), Math.min(ttl, alias.ttl()), links + 1);
  }

  private Chain with(List<DnsRecord> values) {
    long least = values.stream().mapToLong(DnsRecord::ttl).min().orElse(ttl);
    return new Chain(name, values, Math.min(ttl, least), links);
  }
}
