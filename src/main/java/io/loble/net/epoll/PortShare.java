package io.loble.net.epoll;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells Linux which of the sockets that listen on one address with {@code SO_REUSEPORT} gets the
 * next client. Its choice can be made by a program of the classic packet filter ({@code
 * SO_ATTACH_REUSEPORT_CBPF} in socket(7)), which returns the number of a socket. They are numbered
 * in the order in which they began to listen; when one is closed, the last takes its number. Where
 * there is no socket of that number, the kernel chooses as if there were no program. It asks when a
 * client's first packet comes: handshakes that have begun stay where they are.
 *
 * <p>The program is the whole group's, whichever socket of whichever process it is attached to, and
 * it stays when that socket is closed.
 */
final class PortShare {

  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

  /**
   * Of linux/filter.h: load a word of what the kernel knows of the packet, here a random number.
   */
  private static final int LOAD = 0x20;

  private static final int RANDOM = 0xffff_f000 + 56;
  private static final int MODULO = 0x94;
  private static final int RETURN_RESULT = 0x16;
  private static final int RETURN_CONSTANT = 0x06;
  private static final int NO_SUCH_NUMBER = -1;

  /** {@code struct sock_filter}: 16 bits of code, two jumps of 8 bits, 32 bits of argument. */
  private static final int INSTRUCTION_BYTES = 8;

  /** {@code struct sock_fprog}: 16 bits of length, padding, a pointer. */
  private static final int PROGRAM_BYTES = 16;

  private static final int POINTER_OFFSET = 8;

  private PortShare() {}

  /** The socket of that number gets every client, while there is one. */
  static void giveAllTo(int number, Socket member) throws IOException {
    attach(member, RETURN_CONSTANT, number);
  }

  /** The first sockets get all clients, by chance. */
  static void spreadOverFirst(int count, Socket member) throws IOException {
    attach(member, LOAD, RANDOM, MODULO, count, RETURN_RESULT, 0);
  }

  /**
   * The kernel chooses again as it would have. Taking the program away would do the same, but not
   * before Linux 5.3.
   */
  static void leaveToKernel(Socket member) throws IOException {
    attach(member, RETURN_CONSTANT, NO_SUCH_NUMBER);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static void attach(Socket member, int... codesAndArguments) throws IOException {
    int instructions = codesAndArguments.length / 2;
    ByteBuffer code = direct(instructions * INSTRUCTION_BYTES);
    for (int i = 0; i < instructions; i++) {
      code.putShort((short) codesAndArguments[2 * i]).putShort((short) 0);
      code.putInt(codesAndArguments[2 * i + 1]);
    }
    try {
      ByteBuffer program = direct(PROGRAM_BYTES);
      program.putShort(0, (short) instructions);
      program.putLong(POINTER_OFFSET, Buffer.memoryAddress(code));
      member.setRawOpt(SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program);
    } catch (ChannelException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      // The kernel has its own copy now; until here its pointer must have led somewhere.
      Reference.reachabilityFence(code);
    }
  }
}
