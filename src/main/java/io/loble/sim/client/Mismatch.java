package io.loble.sim.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first wrong byte of an answer, with what is around it.
 *
 * @param offset of that byte in its answer
 * @param expected some bytes of the right answer, from a little before it on; empty when none was
 *     due
 * @param got what came instead, from the same place on
 */
record Mismatch(long offset, String expected, String got) {

  private static final int BEFORE = 16;
  private static final int AFTER = 16;

  static Mismatch of(Answer answer, long offset, byte[] arrived, int at) {
    String before = text(answer, Math.max(0, offset - BEFORE), offset);
    return new Mismatch(
        offset,
        before + text(answer, offset, Math.min(answer.length(), offset + AFTER)),
        before + text(arrived, at));
  }

  /** Something else than bytes differs, in words. */
  static Mismatch between(String expected, String got) {
    byte[] bytes = got.getBytes(StandardCharsets.ISO_8859_1);
    return new Mismatch(0, expected, text(bytes, 0, BEFORE + AFTER));
  }

  static Mismatch unasked(byte[] arrived, int at) {
    return new Mismatch(0, "", text(arrived, at));
  }

  private static String text(Answer answer, long from, long to) {
    StringBuilder text = new StringBuilder();
    for (long i = from; i < to; i++) {
      escape(text, answer.at(i));
    }
    return text.toString();
  }

  private static String text(byte[] arrived, int from) {
    return text(arrived, from, AFTER);
  }

  private static String text(byte[] arrived, int from, int most) {
    StringBuilder text = new StringBuilder();
    for (byte next : Arrays.copyOfRange(arrived, from, Math.min(arrived.length, from + most))) {
      escape(text, next);
    }
    return text.toString();
  }

  private static void escape(StringBuilder text, byte next) {
    if (next == '\n') {
      text.append("\\n");
    } else if (next == '\\') {
      text.append("\\\\");
    } else if (next >= ' ' && next < 0x7f) {
      text.append((char) next);
    } else {
      text.append("\\x").append(Character.forDigit((next >> 4) & 0xf, 16));
      text.append(Character.forDigit(next & 0xf, 16));
    }
  }
}
