package io.loble.net.dns;

/** The kinds of records that are of use here, with their numbers. */
enum RecordType {
  A(1),
  CNAME(5),
  SOA(6),
  AAAA(28),
  SRV(33);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
