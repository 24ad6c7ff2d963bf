package io.loble.preface;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a TLS ClientHello (RFC 8446, sections 4.1.2 and 5.1) while it arrives, in as many records
 * as the client likes.
 *
 * <p>Keeps where the current record begins, so that each byte is looked at once until the message
 * is complete, and once or twice more then. Allocates no array before that, and none that is larger
 * than what has come. Not thread-safe; for one connection only.
 */
public final class ClientHelloSniffer {

  /** The most that a ClientHello may have, with the headers of all its records. */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int HANDSHAKE = 22;
  private static final int MAJOR_VERSION = 3;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int MOST_IN_RECORD = 1 << 14;

  private static final Sniffed NOT_TLS = new Sniffed.NotTls();

  /** Where the record begins that is not complete yet, counted from the first byte. */
  private int recordAt;

  /** How many bytes of the message the records before it have. */
  private int collected;

  /** The length of the message with its header; 0 while unknown. */
  private int messageLength;

  /** The first bytes of the message, as far as they are known. */
  private int messageHeader;

  private int messageHeaderBytes;

  /**
   * Looks at what has come.
   *
   * @param soFar from its position to its limit, all bytes so far: each call has those of the call
   *     before and more. Position and limit stay as they are
   */
  public Sniffed sniff(ByteBuffer soFar) {
    // What is beyond the bound has no say, however many bytes come at once.
    ByteBuffer bytes = soFar.slice(soFar.position(), Math.min(soFar.remaining(), MOST_BYTES));
    try {
      Sniffed early = records(bytes);
      return early != null ? early : new Sniffed.Hello(parse(bytes));
    } catch (MalformedException e) {
      return new Sniffed.Invalid(e.reason());
    }
  }

  /** Null when the message is complete. */
  private @Nullable Sniffed records(ByteBuffer bytes) throws MalformedException {
    while (true) {
      if (!isHandshake(bytes)) {
        return NOT_TLS;
      }
      if (bytes.limit() - recordAt < RECORD_HEADER) {
        return needMore(bytes, recordAt + RECORD_HEADER + 1);
      }
      int payloadAt = recordAt + RECORD_HEADER;
      int length = payloadLength(bytes);
      int there = Math.min(length, bytes.limit() - payloadAt);
      readMessageHeader(bytes, payloadAt, there);
      if (messageLength > 0 && collected + there >= messageLength) {
        return null;
      }
      if (there < length) {
        return needMore(bytes, awaited(payloadAt, length));
      }
      collected += length;
      recordAt = payloadAt + length;
    }
  }

  /** False when the first record is of another protocol. */
  private boolean isHandshake(ByteBuffer bytes) throws MalformedException {
    int there = bytes.limit() - recordAt;
    boolean type = there < 1 || bytes.get(recordAt) == HANDSHAKE;
    boolean version = there < 2 || bytes.get(recordAt + 1) == MAJOR_VERSION;
    if ((!type || !version) && recordAt > 0) {
      throw new MalformedException(
          type
              ? "a record of the ClientHello has a version other than SSL 3 or TLS"
              : "a record of another type comes before the ClientHello is complete");
    }
    return type && version;
  }

  private int payloadLength(ByteBuffer bytes) throws MalformedException {
    int length = bytes.getShort(recordAt + 3) & 0xffff;
    if (length == 0 || length > MOST_IN_RECORD) {
      throw new MalformedException("a record of the ClientHello has the length " + length);
    }
    return length;
  }

  private void readMessageHeader(ByteBuffer bytes, int payloadAt, int there)
      throws MalformedException {
    while (messageHeaderBytes < MESSAGE_HEADER && messageHeaderBytes - collected < there) {
      int next = bytes.get(payloadAt + messageHeaderBytes - collected) & 0xff;
      if (messageHeaderBytes == 0 && next != CLIENT_HELLO) {
        throw new MalformedException(
            "a TLS handshake begins with message " + next + " instead of a ClientHello");
      }
      messageHeader = (messageHeader << 8) | next;
      messageHeaderBytes++;
      if (messageHeaderBytes == MESSAGE_HEADER) {
        messageLength = MESSAGE_HEADER + (messageHeader & 0xffffff);
        checkLength(RECORD_HEADER + messageLength);
      }
    }
  }

  private static void checkLength(int bytes) throws MalformedException {
    if (bytes > MOST_BYTES) {
      throw new MalformedException("a ClientHello has more than " + MOST_BYTES + " bytes");
    }
  }

  /** How many bytes are needed at least, while a record is not complete. */
  private int awaited(int payloadAt, int length) {
    int missing = (messageLength > 0 ? messageLength : MESSAGE_HEADER) - collected;
    // The message may end in this record, or needs all of it and another one.
    return missing <= length ? payloadAt + missing : payloadAt + length + RECORD_HEADER + 1;
  }

  private static Sniffed needMore(ByteBuffer bytes, int atLeast) throws MalformedException {
    checkLength(bytes.limit() + 1);
    return new Sniffed.NeedMore(Math.max(atLeast, bytes.limit() + 1));
  }

  private ClientHello parse(ByteBuffer bytes) throws MalformedException {
    int bodyLength = messageLength - MESSAGE_HEADER;
    if (collected == 0) {
      return ClientHelloParser.parse(bytes.slice(RECORD_HEADER + MESSAGE_HEADER, bodyLength));
    }
    byte[] message = new byte[messageLength];
    int copied = 0;
    for (int at = 0; copied < messageLength; ) {
      int length = bytes.getShort(at + 3) & 0xffff;
      int part = Math.min(length, messageLength - copied);
      bytes.get(at + RECORD_HEADER, message, copied, part);
      copied += part;
      at += RECORD_HEADER + length;
    }
    return ClientHelloParser.parse(ByteBuffer.wrap(message, MESSAGE_HEADER, bodyLength).slice());
  }
}
