package io.loble.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of BoringSSL's whose handshake is over, as netty-tcnative shows it. Used instead of
 * the {@link javax.net.ssl.SSLEngine} around it, which answers a close_notify with its own, so that
 * nothing more can be said to who has only finished speaking.
 *
 * <p>Belongs to one thread. What is native is freed by {@link #free}, after which nothing else may
 * be called.
 */
final class BoringSslSession {

  /** What is sent unasked must fit in: an alert, or the answer to an update of keys. */
  private static final int OWN_BYTES = 2_048;

  /** RFC 8446, section 5.1. */
  private static final int MOST_OF_RECORD = 16_384;

  /** What is read at once, at the least. */
  private static final int LEAST_ROOM = 256;

  /** Tickets, with the client's certificates in them, go out with the first bytes. */
  private static final int ROOM = 2_048;

  private final ReferenceCountedOpenSslEngine engine;
  private final long ssl;
  private final long bio;
  private final int overhead;
  private @Nullable SSLException failure;
  private boolean ended;
  private boolean closed;

  /**
   * Takes a connection over from its engine, of which nothing else is used any more.
   *
   * @param engine whose reference is given away
   */
  BoringSslSession(ReferenceCountedOpenSslEngine engine) {
    this.engine = engine;
    this.ssl = engine.sslPointer();
    this.bio = SSL.bioNewByteBuffer(ssl, OWN_BYTES);
    this.overhead = SSL.getMaxWrapOverhead(ssl);
  }

  /** Whether the peer has said close_notify. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether it was said to the peer. */
  boolean isClosed() {
    return closed;
  }

  /** What was wrong with what the peer has sent; null while nothing was. */
  @Nullable SSLException failure() {
    return failure;
  }

  /**
   * Decrypts all that is there, up to the end or to what is wrong.
   *
   * @param in in direct memory; consumed
   * @return what it says, which may be nothing; no more than {@code in} has, and one record
   */
  ByteBuf decrypt(ByteBuf in, ByteBufAllocator allocator) {
    SSL.clearError();
    int length = in.readableBytes();
    if (length > 0) {
      SSL.bioSetByteBuffer(bio, address(in, in.readerIndex(), length), length, false);
    }
    ByteBuf out = allocator.directBuffer(Math.max(length, LEAST_ROOM));
    int count = read(out);
    while (count > 0) {
      out.ensureWritable(MOST_OF_RECORD);
      count = read(out);
    }
    noMore(count);
    in.skipBytes(length);
    return out;
  }

  /** What the last read has returned: above 0 when no room is left, so that there may be more. */
  private int read(ByteBuf out) {
    int count = 1;
    while (out.isWritable() && count > 0) {
      int room = out.writableBytes();
      count = SSL.readFromSSL(ssl, address(out, out.writerIndex(), room), room);
      out.writerIndex(out.writerIndex() + Math.max(0, count));
    }
    return count;
  }

  private void noMore(int result) {
    int error = SSL.getError(ssl, result);
    SSL.bioClearByteBuffer(bio);
    if (error == SSL.SSL_ERROR_ZERO_RETURN) {
      ended = true;
    } else if (error != SSL.SSL_ERROR_WANT_READ && error != SSL.SSL_ERROR_WANT_WRITE) {
      failure = lastError();
    }
  }

  private static SSLException lastError() {
    String text = SSL.getLastError();
    SSL.clearError();
    return new SSLException(text == null ? "the connection of TLS has failed" : text);
  }

  /**
   * Encrypts.
   *
   * @param plain in direct memory; consumed, but not released
   * @throws SSLException when nothing more can be sent
   */
  ByteBuf encrypt(ByteBuf plain, ByteBufAllocator allocator) throws SSLException {
    int records = plain.readableBytes() / MOST_OF_RECORD + 1;
    ByteBuf out = allocator.directBuffer(plain.readableBytes() + records * overhead + ROOM);
    try {
      SSL.clearError();
      while (plain.isReadable()) {
        write(plain, out);
      }
      return out;
    } catch (SSLException e) {
      out.release();
      throw e;
    }
  }

  private void write(ByteBuf plain, ByteBuf out) throws SSLException {
    int length = plain.readableBytes();
    long from = address(plain, plain.readerIndex(), length);
    openSink(out);
    int count = SSL.writeToSSL(ssl, from, length);
    closeSink(out);
    if (count > 0) {
      plain.skipBytes(count);
    } else if (SSL.getError(ssl, count) == SSL.SSL_ERROR_WANT_WRITE) {
      // The tickets were longer: the same bytes are to be written again, where there is room.
      out.ensureWritable(length + OWN_BYTES + overhead);
    } else {
      throw lastError();
    }
  }

  /** Where BoringSSL writes to, after what it had to say already. */
  private void openSink(ByteBuf out) {
    int room = out.writableBytes();
    SSL.bioSetByteBuffer(bio, address(out, out.writerIndex(), room), room, true);
    int own = SSL.bioFlushByteBuffer(bio);
    out.writerIndex(out.writerIndex() + own);
  }

  private void closeSink(ByteBuf out) {
    int left = SSL.bioLengthByteBuffer(bio);
    SSL.bioClearByteBuffer(bio);
    out.writerIndex(out.capacity() - left);
  }

  /** What it has to say by itself; null when there is nothing. */
  @Nullable ByteBuf ownWords(ByteBufAllocator allocator) {
    int length = SSL.bioLengthNonApplication(bio);
    if (length == 0) {
      return null;
    }
    ByteBuf out = allocator.directBuffer(length, length);
    openSink(out);
    closeSink(out);
    return out;
  }

  /** Says close_notify; what is to be sent is among {@link #ownWords} then. */
  void close() {
    if (!closed) {
      closed = true;
      SSL.clearError();
      SSL.shutdownSSL(ssl);
      SSL.clearError();
    }
  }

  void free() {
    // The BIO goes with the connection.
    engine.release();
  }

  private static long address(ByteBuf buffer, int index, int length) {
    return buffer.hasMemoryAddress()
        ? buffer.memoryAddress() + index
        : Buffer.address(buffer.nioBuffer(index, length))
            + buffer.nioBuffer(index, length).position();
  }
}
