package io.loble.http;

import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The body of one answer, compressed as it comes: what has come can be read at once. */
final class Gzip {

  /** Without a name and a time, of no system in particular (RFC 1952, 2.3). */
  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff
  };

  private static final int PIECE = 8 * 1024;

  private final Gzips all;
  private @Nullable Deflater deflater;
  private final CRC32 checksum = new CRC32();
  private boolean begun;

  Gzip(Gzips all) {
    this.all = all;
  }

  /** What more of the body becomes. */
  Buffer more(Buffer data) {
    Buffer to = begin();
    byte[] bytes = data.getBytes();
    checksum.update(bytes);
    deflater().setInput(bytes);
    deflate(to, Deflater.SYNC_FLUSH);
    return to;
  }

  /** What ends it. */
  Buffer last() {
    Buffer to = begin();
    deflater().finish();
    deflate(to, Deflater.NO_FLUSH);
    return to.appendIntLE((int) checksum.getValue()).appendIntLE((int) deflater().getBytesRead());
  }

  private Buffer begin() {
    Buffer to = Buffer.buffer();
    if (!begun) {
      begun = true;
      to.appendBytes(HEADER);
    }
    return to;
  }

  private void deflate(Buffer to, int flush) {
    byte[] piece = new byte[PIECE];
    int length = PIECE;
    while (length == PIECE) {
      length = deflater().deflate(piece, 0, PIECE, flush);
      to.appendBytes(piece, 0, length);
    }
  }

  /** Takes 256 KiB that are not the heap's, so not before there is something to compress. */
  private Deflater deflater() {
    Deflater known = deflater == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : deflater;
    deflater = known;
    return known;
  }

  /** Gives its memory back. To be called once. */
  void close() {
    all.ended();
    if (deflater != null) {
      deflater.end();
    }
  }
}
