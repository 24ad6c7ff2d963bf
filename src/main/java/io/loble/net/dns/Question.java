package io.loble.net.dns;

import java.nio.ByteBuffer;

/**
 * A question as it is sent.
 *
 * @param id by which the answer is known, 0 to 65535
 * @param name absolute
 */
record Question(int id, String name, RecordType type) {

  /** What fits into one packet on any way, as all who maintain name servers have agreed on. */
  private static final int UDP_BYTES = 1232;

  private static final int HEADER_BYTES = 12;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int INTERNET = 1;
  private static final int OPT = 41;

  /**
   * The message.
   *
   * @param extended whether it allows answers of more than 512 bytes in a packet (RFC 6891), which
   *     some servers take for an error
   */
  byte[] message(boolean extended) {
    byte[] wire = DnsName.wire(name);
    ByteBuffer message = ByteBuffer.allocate(HEADER_BYTES + wire.length + 4 + (extended ? 11 : 0));
    message.putShort((short) id).putShort((short) RECURSION_DESIRED);
    message.putShort((short) 1).putInt(0).putShort((short) (extended ? 1 : 0));
    message.put(wire).putShort((short) type.code()).putShort((short) INTERNET);
    if (extended) {
      message.put((byte) 0).putShort((short) OPT).putShort((short) UDP_BYTES).putInt(0);
      message.putShort((short) 0);
    }
    return message.array();
  }

  /** Whether a message is meant as the answer, whatever it says. */
  boolean isAnsweredBy(byte[] message) {
    try {
      WireReader reader = new WireReader(message);
      int answeredId = reader.uint16();
      int flags = reader.uint16();
      int questions = reader.uint16();
      if (answeredId != id || !DnsMessage.isAnswer(flags)) {
        return false;
      }
      reader.moveTo(HEADER_BYTES);
      // A server that could not read the question cannot say which one it was.
      return questions == 0
          ? DnsMessage.isError(flags)
          : questions == 1 && reader.name().equals(name) && reader.uint16() == type.code();
    } catch (DnsException e) {
      return false;
    }
  }
}
