package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Puts additions to a header of the PROXY protocol together. They keep the order of the calls. */
public final class TlvBuilder {

  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  TlvBuilder() {}

  /**
   * Adds a value of any type but that of the checksum, which is added when the header is written.
   *
   * @throws IllegalArgumentException when there is more than fits: 65,535 bytes
   */
  public TlvBuilder add(int type, byte[] value) {
    if (type < 0 || type > 0xff || type == ProxyV2.TYPE_CRC32C) {
      throw new IllegalArgumentException("type " + type);
    }
    if (value.length > 0xffff) {
      throw new IllegalArgumentException(value.length + " bytes do not fit in a TLV");
    }
    raw.write(type);
    raw.write(value.length >> 8);
    raw.write(value.length);
    raw.writeBytes(value);
    return this;
  }

  /** The name of the protocol that is spoken, such as {@code h2}. */
  public TlvBuilder alpn(String protocol) {
    return add(ProxyV2.TYPE_ALPN, protocol.getBytes(ISO_8859_1));
  }

  /** The host name that the client asked for. */
  public TlvBuilder authority(String hostName) {
    return add(ProxyV2.TYPE_AUTHORITY, hostName.getBytes(UTF_8));
  }

  /**
   * What names the connection across proxies.
   *
   * @throws IllegalArgumentException for more than 128 bytes
   */
  public TlvBuilder uniqueId(byte[] id) {
    if (id.length > ProxyV2.MOST_UNIQUE_ID_BYTES) {
      throw new IllegalArgumentException("a unique id of " + id.length + " bytes");
    }
    return add(ProxyV2.TYPE_UNIQUE_ID, id);
  }

  /** The client's TLS connection. */
  public TlvBuilder ssl(SslInfo info) {
    return add(ProxyV2.TYPE_SSL, info.write());
  }

  /** Bytes without meaning, to pad a header. */
  public TlvBuilder noop(int bytes) {
    return add(ProxyV2.TYPE_NOOP, new byte[bytes]);
  }

  /** What was added so far. */
  public ProxyTlvs build() {
    return raw.size() == 0 ? ProxyTlvs.NONE : new ProxyTlvs(raw.toByteArray());
  }
}
