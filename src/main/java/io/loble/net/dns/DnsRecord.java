package io.loble.net.dns;

import java.net.InetAddress;

/** A record of an answer. Names are as {@link WireReader#name} reads them. */
sealed interface DnsRecord {

  /** The name that it belongs to. */
  String name();

  RecordType type();

  /** How many seconds it is good for. */
  long ttl();

  /**
   * An address of the name.
   *
   * @param type A or AAAA: the second kind may have an IPv4 address that is written as an IPv6 one
   */
  record Ip(String name, RecordType type, long ttl, InetAddress address) implements DnsRecord {}

  /** The name is another one for the target. */
  record Alias(String name, long ttl, String target) implements DnsRecord {

    @Override
    public RecordType type() {
      return RecordType.CNAME;
    }
  }

  /** A server of the service that the name stands for. */
  record Server(String name, long ttl, Service service) implements DnsRecord {

    @Override
    public RecordType type() {
      return RecordType.SRV;
    }
  }

  /**
   * Where the zone of the name begins. Comes with the answer that there is nothing.
   *
   * @param minimum how many seconds that answer is good for, at most
   */
  record Authority(String name, long ttl, long minimum) implements DnsRecord {

    @Override
    public RecordType type() {
      return RecordType.SOA;
    }
  }
}
