package io.loble.preface;

/** The numbers of the PROXY protocol's version 2 (section 2.2 of its description). */
final class ProxyV2 {

  static final int VERSION = 2;

  static final int LOCAL = 0;
  static final int PROXY = 1;

  static final int UNSPEC = 0;
  static final int INET = 1;
  static final int INET6 = 2;
  static final int UNIX = 3;

  static final int STREAM = 1;
  static final int DATAGRAM = 2;

  static final int TYPE_ALPN = 0x01;
  static final int TYPE_AUTHORITY = 0x02;
  static final int TYPE_CRC32C = 0x03;
  static final int TYPE_NOOP = 0x04;
  static final int TYPE_UNIQUE_ID = 0x05;
  static final int TYPE_SSL = 0x20;
  static final int TYPE_SSL_VERSION = 0x21;
  static final int TYPE_SSL_CN = 0x22;
  static final int TYPE_SSL_CIPHER = 0x23;
  static final int TYPE_SSL_SIGNATURE = 0x24;
  static final int TYPE_SSL_KEY = 0x25;

  static final int MOST_UNIQUE_ID_BYTES = 128;

  /** The bit field and the result of verification, in front of an SSL TLV's own TLVs. */
  static final int SSL_FIXED_BYTES = 5;

  private static final int[] ADDRESS_SIZES = {0, 4, 16, 108};

  private ProxyV2() {}

  static byte[] signature() {
    return new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
  }

  static int family(byte familyAndTransport) {
    return (familyAndTransport & 0xff) >> 4;
  }

  /** How many bytes one address has; 0 when it is to be ignored. */
  static int addressSize(byte familyAndTransport) {
    int family = family(familyAndTransport);
    int transport = familyAndTransport & 0xf;
    boolean specified = family <= UNIX && transport != UNSPEC && transport <= DATAGRAM;
    return specified ? ADDRESS_SIZES[family] : 0;
  }

  /** How many bytes both addresses and, of IP, the ports have. */
  static int addressBytes(byte familyAndTransport) {
    int size = addressSize(familyAndTransport);
    boolean ports = size > 0 && family(familyAndTransport) != UNIX;
    return 2 * size + (ports ? 4 : 0);
  }
}
