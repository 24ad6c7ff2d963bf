package io.loble.preface;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Checks the additions to a header of version 2 before they are kept. */
final class TlvReader {

  /** Type and length. */
  static final int FIXED_BYTES = 3;

  private static final int CHECKSUM_BYTES = 4;

  private final ByteBuffer header;
  private int checksumAt;

  private TlvReader(ByteBuffer header) {
    this.header = header;
  }

  /**
   * The additions of a header.
   *
   * @param header the complete header, from index 0 to the limit
   * @param from where they begin
   * @throws MalformedException when lengths do not add up
   * @throws ChecksumException when there is a checksum, and it is wrong
   */
  static ProxyTlvs read(ByteBuffer header, int from) throws MalformedException {
    if (from == header.limit()) {
      return ProxyTlvs.NONE;
    }
    TlvReader reader = new TlvReader(header);
    reader.check(from);
    reader.verifyChecksum();
    return new ProxyTlvs(reader.kept(from));
  }

  /** All but the checksum, which says nothing once it is verified. */
  private byte[] kept(int from) {
    int end = checksumAt == 0 ? header.limit() : checksumAt - FIXED_BYTES;
    int again = checksumAt == 0 ? header.limit() : checksumAt + CHECKSUM_BYTES;
    byte[] kept = new byte[end - from + header.limit() - again];
    header.get(from, kept, 0, end - from);
    header.get(again, kept, end - from, header.limit() - again);
    return kept;
  }

  private void check(int from) throws MalformedException {
    for (int at = from; at < header.limit(); ) {
      int end = end(at, header.limit());
      int value = at + FIXED_BYTES;
      int length = end - value;
      switch (header.get(at)) {
        case ProxyV2.TYPE_CRC32C -> checkChecksum(value, length);
        case ProxyV2.TYPE_UNIQUE_ID -> checkUniqueId(length);
        case ProxyV2.TYPE_SSL -> checkSsl(value, end);
        default -> {}
      }
      at = end;
    }
  }

  private int end(int at, int limit) throws MalformedException {
    if (limit - at < FIXED_BYTES) {
      throw new MalformedException("a TLV of a PROXY protocol header is cut short");
    }
    int end = at + FIXED_BYTES + (header.getShort(at + 1) & 0xffff);
    if (end > limit) {
      throw new MalformedException("a TLV of a PROXY protocol header is longer than what holds it");
    }
    return end;
  }

  private void checkChecksum(int value, int length) throws MalformedException {
    if (length != CHECKSUM_BYTES) {
      throw new MalformedException(
          "the checksum of a PROXY protocol header has " + length + " bytes instead of 4");
    }
    if (checksumAt > 0) {
      throw new MalformedException("a PROXY protocol header has two checksums");
    }
    checksumAt = value;
  }

  private static void checkUniqueId(int length) throws MalformedException {
    if (length > ProxyV2.MOST_UNIQUE_ID_BYTES) {
      throw new MalformedException(
          "the unique id of a PROXY protocol header has " + length + " bytes, more than 128");
    }
  }

  private void checkSsl(int value, int end) throws MalformedException {
    if (end - value < ProxyV2.SSL_FIXED_BYTES) {
      throw new MalformedException("the SSL TLV of a PROXY protocol header is too short");
    }
    int at = value + ProxyV2.SSL_FIXED_BYTES;
    while (at < end) {
      at = end(at, end);
    }
  }

  private void verifyChecksum() throws ChecksumException {
    if (checksumAt == 0) {
      return;
    }
    if (checksum(header, checksumAt) != header.getInt(checksumAt)) {
      throw new ChecksumException("the checksum of a PROXY protocol header is wrong");
    }
  }

  /** CRC-32C (RFC 4960, appendix B) of a header whose checksum counts as zeros. */
  static int checksum(ByteBuffer header, int checksumAt) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, checksumAt));
    crc.update(new byte[CHECKSUM_BYTES]);
    int after = checksumAt + CHECKSUM_BYTES;
    crc.update(header.slice(after, header.limit() - after));
    return (int) crc.getValue();
  }
}
