package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The additions (type, length, value) to a header of the PROXY protocol's version 2, in their
 * order, without the checksum. Immutable. Read anew at each question: few connections are asked
 * more than one.
 *
 * <p>What the sender of a header wrote may contain anything, such as control characters.
 */
public final class ProxyTlvs {

  /** No additions. */
  public static final ProxyTlvs NONE = new ProxyTlvs(new byte[0]);

  private final byte[] raw;

  /**
   * @param raw well-formed, and never changed from now on
   */
  ProxyTlvs(byte[] raw) {
    this.raw = raw;
  }

  /** Additions to write. */
  public static TlvBuilder builder() {
    return new TlvBuilder();
  }

  /** The types, 0 to 255, of all additions. */
  public List<Integer> types() {
    List<Integer> types = new ArrayList<>();
    for (int at = 0; at < raw.length; at = next(at)) {
      types.add(raw[at] & 0xff);
    }
    return types;
  }

  /** A copy of the first value of this type; null when there is none. */
  public byte @Nullable [] value(int type) {
    for (int at = 0; at < raw.length; at = next(at)) {
      if ((raw[at] & 0xff) == type) {
        return Arrays.copyOfRange(raw, at + TlvReader.FIXED_BYTES, next(at));
      }
    }
    return null;
  }

  private int next(int at) {
    return at + TlvReader.FIXED_BYTES + (ByteBuffer.wrap(raw).getShort(at + 1) & 0xffff);
  }

  /** The name of the protocol that is spoken, such as {@code h2}. */
  public @Nullable String alpn() {
    byte[] value = value(ProxyV2.TYPE_ALPN);
    return value == null ? null : new String(value, ISO_8859_1);
  }

  /** The host name that the client asked for. */
  public @Nullable String authority() {
    byte[] value = value(ProxyV2.TYPE_AUTHORITY);
    return value == null ? null : new String(value, UTF_8);
  }

  /** At most 128 bytes that name the connection across proxies. */
  public byte @Nullable [] uniqueId() {
    return value(ProxyV2.TYPE_UNIQUE_ID);
  }

  /** The client's TLS connection to the sender of the header. */
  public @Nullable SslInfo ssl() {
    byte[] value = value(ProxyV2.TYPE_SSL);
    return value == null ? null : SslInfo.read(value);
  }

  /** The bytes as they are in a header; not to be changed. */
  byte[] raw() {
    return raw;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProxyTlvs that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return "TLVs of types " + types();
  }
}
