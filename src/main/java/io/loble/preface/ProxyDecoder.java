package io.loble.preface;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one header of the PROXY protocol, version 1 or 2, while it arrives. Follows "The PROXY
 * protocol, versions 1 and 2" (doc/proxy-protocol.txt of HAProxy).
 *
 * <p>Decides as early as the bytes allow, and looks at no byte twice until the header is complete.
 * Allocates no array before that. Not thread-safe; for one connection only.
 */
public final class ProxyDecoder {

  /** The longest header of all: version 2 with the greatest length that it can announce. */
  public static final int MOST_BYTES = ProxyV2Decoder.FIXED_BYTES + 0xffff;

  private @Nullable ProxyV1Decoder text;
  private @Nullable ProxyV2Decoder binary;

  /**
   * Looks at what has come.
   *
   * @param soFar from its position to its limit, all bytes of the connection so far: each call has
   *     those of the call before and more. Position and limit stay as they are
   */
  public Decoded decode(ByteBuffer soFar) {
    if (text != null) {
      return text.decode(soFar);
    }
    if (binary != null) {
      return binary.decode(soFar);
    }
    if (!soFar.hasRemaining()) {
      return new Decoded.NeedMore(ProxyV1Decoder.FEWEST_BYTES);
    }
    return begin(soFar, soFar.get(soFar.position()));
  }

  private Decoded begin(ByteBuffer soFar, byte first) {
    if (first == ProxyV1Decoder.FIRST_BYTE) {
      text = new ProxyV1Decoder();
      return text.decode(soFar);
    }
    if (first == ProxyV2Decoder.FIRST_BYTE) {
      binary = new ProxyV2Decoder();
      return binary.decode(soFar);
    }
    return new Decoded.Invalid(
        String.format("no PROXY protocol header begins with the byte 0x%02x", first));
  }
}
