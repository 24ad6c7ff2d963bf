package io.loble.preface;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Version 2 of the PROXY protocol's header: binary (section 2.2 of its description). */
final class ProxyV2Decoder {

  static final byte FIRST_BYTE = '\r';

  /** Signature, version and command, family and transport, length of the rest. */
  static final int FIXED_BYTES = 16;

  private static final byte[] SIGNATURE = ProxyV2.signature();
  private static final int VERSION_AT = 12;
  private static final int FAMILY_AT = 13;
  private static final int LENGTH_AT = 14;

  private int checked;

  Decoded decode(ByteBuffer soFar) {
    int start = soFar.position();
    int end = Math.min(soFar.remaining(), FIXED_BYTES);
    for (; checked < end; checked++) {
      String problem = check(soFar, start);
      if (problem != null) {
        return new Decoded.Invalid(problem);
      }
    }
    if (checked < FIXED_BYTES) {
      return new Decoded.NeedMore(FIXED_BYTES);
    }
    int length = FIXED_BYTES + announced(soFar, start);
    return soFar.remaining() < length
        ? new Decoded.NeedMore(length)
        : header(soFar.slice(start, length));
  }

  private @Nullable String check(ByteBuffer soFar, int start) {
    int next = soFar.get(start + checked) & 0xff;
    if (checked < VERSION_AT) {
      return next == (SIGNATURE[checked] & 0xff)
          ? null
          : "a PROXY protocol header does not begin with version 2's signature";
    }
    return switch (checked) {
      case VERSION_AT -> checkVersion(next);
      case FAMILY_AT -> isLocal(soFar, start) ? null : checkFamily(next);
      case FIXED_BYTES - 1 -> isLocal(soFar, start) ? null : checkLength(soFar, start);
      default -> null;
    };
  }

  private static @Nullable String checkVersion(int versionAndCommand) {
    if (versionAndCommand >> 4 != ProxyV2.VERSION) {
      return "a PROXY protocol header has version " + (versionAndCommand >> 4);
    }
    return (versionAndCommand & 0xf) > ProxyV2.PROXY
        ? "a PROXY protocol header has the unknown command " + (versionAndCommand & 0xf)
        : null;
  }

  private static @Nullable String checkFamily(int familyAndTransport) {
    if (familyAndTransport >> 4 > ProxyV2.UNIX) {
      return "a PROXY protocol header has the unknown address family " + (familyAndTransport >> 4);
    }
    return (familyAndTransport & 0xf) > ProxyV2.DATAGRAM
        ? "a PROXY protocol header has the unknown transport " + (familyAndTransport & 0xf)
        : null;
  }

  private static @Nullable String checkLength(ByteBuffer soFar, int start) {
    int announced = announced(soFar, start);
    return announced < ProxyV2.addressBytes(soFar.get(start + FAMILY_AT))
        ? "a PROXY protocol header announces " + announced + " bytes, too few for its addresses"
        : null;
  }

  private static boolean isLocal(ByteBuffer soFar, int start) {
    return (soFar.get(start + VERSION_AT) & 0xf) == ProxyV2.LOCAL;
  }

  private static int announced(ByteBuffer soFar, int start) {
    return soFar.slice(start + LENGTH_AT, 2).getShort() & 0xffff;
  }

  /**
   * @param whole the header and nothing else, from index 0
   */
  private static Decoded header(ByteBuffer whole) {
    boolean local = isLocal(whole, 0);
    byte family = whole.get(FAMILY_AT);
    int tlvsAt = Math.min(whole.limit(), FIXED_BYTES + ProxyV2.addressBytes(family));
    boolean named = !local && ProxyV2.addressBytes(family) > 0;
    try {
      ProxyTlvs tlvs = TlvReader.read(whole, tlvsAt);
      return new Decoded.Header(
          named ? named(whole, family, tlvs) : unnamed(local, tlvs), whole.limit());
    } catch (MalformedException e) {
      // What follows a header without addresses need not be TLVs: all of it is to be skipped.
      return named || e instanceof ChecksumException
          ? new Decoded.Invalid(e.reason())
          : new Decoded.Header(unnamed(local, ProxyTlvs.NONE), whole.limit());
    }
  }

  private static ProxyHeader unnamed(boolean local, ProxyTlvs tlvs) {
    return (local ? ProxyHeader.local() : ProxyHeader.unknown()).with(tlvs);
  }

  private static ProxyHeader named(ByteBuffer whole, byte family, ProxyTlvs tlvs) {
    int size = ProxyV2.addressSize(family);
    byte[] source = bytes(whole, FIXED_BYTES, size);
    byte[] destination = bytes(whole, FIXED_BYTES + size, size);
    if (ProxyV2.family(family) == ProxyV2.UNIX) {
      return ProxyHeader.between(unix(source), unix(destination)).with(tlvs);
    }
    int portsAt = FIXED_BYTES + 2 * size;
    return ProxyHeader.between(
            ip(source, whole.getShort(portsAt)), ip(destination, whole.getShort(portsAt + 2)))
        .with(tlvs);
  }

  private static ProxyAddress ip(byte[] address, short port) {
    return new ProxyAddress.Ip(AddressText.address(address), port & 0xffff);
  }

  /** Up to the first NUL, except one in front, which marks an abstract name. */
  private static ProxyAddress unix(byte[] padded) {
    int end = 1;
    while (end < padded.length && padded[end] != 0) {
      end++;
    }
    boolean unnamed = padded[0] == 0 && end == 1;
    return new ProxyAddress.Unix(unnamed ? "" : new String(padded, 0, end, UTF_8));
  }

  private static byte[] bytes(ByteBuffer from, int at, int count) {
    byte[] bytes = new byte[count];
    from.get(at, bytes);
    return bytes;
  }
}
