package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes headers of the PROXY protocol. Of two ends of different IP versions, the IPv4 one becomes
 * an IPv4-mapped IPv6 address, for both have to be of one family.
 */
public final class ProxyEncoder {

  private static final int UNIX_BYTES = 108;
  private static final int CHECKSUM_BYTES = 4;

  private ProxyEncoder() {}

  /**
   * A line of version 1, which knows nothing but ends of TCP connections: all else is UNKNOWN, and
   * TLVs are left out. A probe's line can name its own socket's ends, for some servers refuse
   * UNKNOWN.
   */
  public static byte[] v1(ProxyHeader header) {
    if (header.source() instanceof ProxyAddress.Ip source
        && header.destination() instanceof ProxyAddress.Ip destination) {
      return tcp(source, destination).getBytes(ISO_8859_1);
    }
    return "PROXY UNKNOWN\r\n".getBytes(ISO_8859_1);
  }

  private static String tcp(ProxyAddress.Ip source, ProxyAddress.Ip destination) {
    int size = Math.max(size(source), size(destination));
    return String.join(
            " ",
            size == 4 ? "PROXY TCP4" : "PROXY TCP6",
            AddressText.format(bytes(source, size)),
            AddressText.format(bytes(destination, size)),
            Integer.toString(source.port()),
            Integer.toString(destination.port()))
        + "\r\n";
  }

  /**
   * A header of version 2, for a stream. Ends of different kinds, or a path of more than 108 bytes,
   * are AF_UNSPEC.
   *
   * @param checksum whether to add one
   * @throws IllegalArgumentException when the TLVs are more than a header can hold
   */
  public static byte[] v2(ProxyHeader header, boolean checksum) {
    byte[] addresses = addresses(header);
    byte[] tlvs = header.tlvs().raw();
    int checksumBytes = checksum ? TlvReader.FIXED_BYTES + CHECKSUM_BYTES : 0;
    int rest = addresses.length + tlvs.length + checksumBytes;
    if (rest > 0xffff) {
      throw new IllegalArgumentException("a header of " + rest + " bytes");
    }
    boolean local = header.command() == ProxyHeader.Command.LOCAL;
    ByteBuffer written =
        ByteBuffer.allocate(ProxyV2Decoder.FIXED_BYTES + rest)
            .put(ProxyV2.signature())
            .put((byte) ((ProxyV2.VERSION << 4) | (local ? ProxyV2.LOCAL : ProxyV2.PROXY)))
            .put(family(addresses.length))
            .putShort((short) rest)
            .put(addresses)
            .put(tlvs);
    if (checksum) {
      addChecksum(written);
    }
    return written.array();
  }

  private static void addChecksum(ByteBuffer written) {
    written.put((byte) ProxyV2.TYPE_CRC32C).putShort((short) CHECKSUM_BYTES);
    int at = written.position();
    written.putInt(at, TlvReader.checksum(written, at));
  }

  private static byte family(int addressBytes) {
    int family =
        switch (addressBytes) {
          case 12 -> ProxyV2.INET;
          case 36 -> ProxyV2.INET6;
          case 2 * UNIX_BYTES -> ProxyV2.UNIX;
          default -> ProxyV2.UNSPEC;
        };
    return (byte) (family == ProxyV2.UNSPEC ? 0 : (family << 4) | ProxyV2.STREAM);
  }

  private static byte[] addresses(ProxyHeader header) {
    if (header.source() instanceof ProxyAddress.Ip source
        && header.destination() instanceof ProxyAddress.Ip destination) {
      return addresses(source, destination);
    }
    if (header.source() instanceof ProxyAddress.Unix source
        && header.destination() instanceof ProxyAddress.Unix destination) {
      return addresses(source.path().getBytes(UTF_8), destination.path().getBytes(UTF_8));
    }
    return new byte[0];
  }

  private static byte[] addresses(ProxyAddress.Ip source, ProxyAddress.Ip destination) {
    int size = Math.max(size(source), size(destination));
    return ByteBuffer.allocate(2 * size + 4)
        .put(bytes(source, size))
        .put(bytes(destination, size))
        .putShort((short) source.port())
        .putShort((short) destination.port())
        .array();
  }

  private static byte[] addresses(byte[] source, byte[] destination) {
    if (source.length > UNIX_BYTES || destination.length > UNIX_BYTES) {
      return new byte[0];
    }
    return ByteBuffer.allocate(2 * UNIX_BYTES)
        .put(source)
        .position(UNIX_BYTES)
        .put(destination)
        .array();
  }

  private static int size(ProxyAddress.Ip end) {
    return end.address().getAddress().length;
  }

  /** The address in so many bytes. */
  private static byte[] bytes(ProxyAddress.Ip end, int size) {
    byte[] address = end.address().getAddress();
    if (address.length == size) {
      return address;
    }
    byte[] mapped = new byte[size];
    Arrays.fill(mapped, 10, 12, (byte) 0xff);
    System.arraycopy(address, 0, mapped, 12, address.length);
    return mapped;
  }
}
