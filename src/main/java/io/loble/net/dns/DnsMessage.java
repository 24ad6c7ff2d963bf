package io.loble.net.dns;

import io.loble.net.dns.DnsRecord.Alias;
import io.loble.net.dns.DnsRecord.Authority;
import io.loble.net.dns.DnsRecord.Ip;
import io.loble.net.dns.DnsRecord.Server;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a name server has answered: RFC 1035, section 4. Records of kinds that are of no use here
 * are left out, and so is the section of additional ones.
 *
 * @param flags the second word of its header
 */
record DnsMessage(int flags, List<DnsRecord> answers, List<DnsRecord> authorities) {

  static final int NO_ERROR = 0;
  static final int FORMAT_ERROR = 1;
  static final int NO_SUCH_NAME = 3;
  static final int NOT_IMPLEMENTED = 4;

  private static final List<String> CODES =
      List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");

  private static final int ANSWER = 0x8000;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int CODE = 0x000f;

  private static final int INTERNET = 1;
  private static final long LONGEST_TTL = Integer.MAX_VALUE;

  DnsMessage {
    answers = List.copyOf(answers);
    authorities = List.copyOf(authorities);
  }

  /** Whether a message with such a header is an answer, and no question. */
  static boolean isAnswer(int flags) {
    return (flags & ANSWER) != 0;
  }

  /** Whether the answer is that something went wrong. */
  static boolean isError(int flags) {
    int code = flags & CODE;
    return code != NO_ERROR && code != NO_SUCH_NAME;
  }

  /** Whether more would not fit: then only the header is of use. */
  static boolean isTruncated(byte[] message) {
    return message.length > 2 && ((message[2] << 8) & TRUNCATED) != 0;
  }

  /**
   * Reads the answer to one question.
   *
   * @throws DnsException where a rule is broken, or the end is missing
   */
  static DnsMessage parse(byte[] message) throws DnsException {
    WireReader reader = new WireReader(message);
    reader.uint16();
    int flags = reader.uint16();
    int questions = reader.uint16();
    int answers = reader.uint16();
    int authorities = reader.uint16();
    reader.uint16();
    for (int i = 0; i < questions; i++) {
      reader.name();
      reader.uint32();
    }
    return new DnsMessage(flags, records(reader, answers), records(reader, authorities));
  }

  private static List<DnsRecord> records(WireReader reader, int count) throws DnsException {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DnsRecord record = record(reader);
      if (record != null) {
        records.add(record);
      }
    }
    return records;
  }

  private static @Nullable DnsRecord record(WireReader reader) throws DnsException {
    String name = reader.name();
    int type = reader.uint16();
    int kind = reader.uint16();
    long ttl = seconds(reader.uint32());
    int length = reader.uint16();
    int end = reader.position() + length;
    DnsRecord record = kind == INTERNET ? record(reader, name, type, ttl, length) : null;
    if (record != null && reader.position() != end) {
      throw new DnsException("a record has another length than it says");
    }
    reader.moveTo(end);
    return record;
  }

  private static @Nullable DnsRecord record(
      WireReader reader, String name, int type, long ttl, int length) throws DnsException {
    if (type == RecordType.A.code()) {
      return new Ip(name, RecordType.A, ttl, address(reader, length, 4));
    }
    if (type == RecordType.AAAA.code()) {
      return new Ip(name, RecordType.AAAA, ttl, address(reader, length, 16));
    }
    if (type == RecordType.CNAME.code()) {
      return new Alias(name, ttl, reader.name());
    }
    if (type == RecordType.SRV.code()) {
      int priority = reader.uint16();
      int weight = reader.uint16();
      int port = reader.uint16();
      return new Server(name, ttl, new Service(priority, weight, port, reader.name()));
    }
    return type == RecordType.SOA.code() ? authority(reader, name, ttl) : null;
  }

  private static InetAddress address(WireReader reader, int length, int expected)
      throws DnsException {
    if (length != expected) {
      throw new DnsException("an address has " + length + " bytes");
    }
    try {
      return InetAddress.getByAddress(reader.next(length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Authority authority(WireReader reader, String name, long ttl) throws DnsException {
    reader.name();
    reader.name();
    for (int i = 0; i < 4; i++) {
      reader.uint32();
    }
    return new Authority(name, ttl, seconds(reader.uint32()));
  }

  /** RFC 2181, section 8: a number with the highest bit set counts as zero. */
  private static long seconds(long ttl) {
    return ttl > LONGEST_TTL ? 0 : ttl;
  }

  int code() {
    return flags & CODE;
  }

  /** The code as name servers write it. */
  String codeText() {
    return code() < CODES.size() ? CODES.get(code()) : "error " + code();
  }

  /** Whether it says what there is, be it nothing. */
  boolean isOfUse() {
    return !isError(flags) && !isReferral();
  }

  /** Whether the server only knows others that may know it, and does not ask them. */
  boolean isReferral() {
    return code() == NO_ERROR
        && answers.isEmpty()
        && (flags & (AUTHORITATIVE | RECURSION_AVAILABLE)) == 0
        && authority().isEmpty();
  }

  /** Whose answer it is that there is nothing. */
  Optional<Authority> authority() {
    return authorities.stream()
        .filter(Authority.class::isInstance)
        .map(Authority.class::cast)
        .findFirst();
  }
}
