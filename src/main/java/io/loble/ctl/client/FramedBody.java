package io.loble.ctl.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body whose end is told by its length or by its chunks. */
final class FramedBody extends InputStream {

  private static final int HEX = 16;

  private final InputStream in;
  private final boolean chunked;
  private long left;
  private boolean first = true;
  private boolean ended;

  private FramedBody(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
  }

  static FramedBody ofLength(InputStream in, long length) {
    return new FramedBody(in, false, length);
  }

  static FramedBody chunked(InputStream in) {
    return new FramedBody(in, true, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the connection ended before the answer did");
    }
    left -= read;
    return read;
  }

  private boolean nextChunk() throws IOException {
    if (!chunked || ended) {
      return false;
    }
    if (!first) {
      ReplyHead.line(in);
    }
    first = false;
    String size = ReplyHead.line(in);
    int extension = size.indexOf(';');
    left = ReplyHead.number((extension < 0 ? size : size.substring(0, extension)).strip(), HEX);
    ended = left == 0;
    return !ended;
  }
}
