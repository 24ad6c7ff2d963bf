package io.loble.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What {@link LineProtocol} finds in the bytes of a client. */
public sealed interface Command {

  /**
   * A whole line.
   *
   * @param argument what follows the verb; the whole line when the verb is unknown. Every byte of
   *     the line is one character (ISO 8859-1), so that it can be answered byte for byte
   */
  record Line(Verb verb, String argument) implements Command {

    private static final int QUOTED = 100;

    /** What is sent back for the line itself; empty for {@code ECHO}, whose answer follows it. */
    public Buffer answer() {
      return switch (verb) {
        case REQ, SLOW -> text("ACK\n");
        case PING -> text("PONG " + argument + "\n");
        case STREAM -> text("STREAM_ACK\n");
        case ECHO -> Buffer.buffer();
        case UNKNOWN ->
            text(
                "ERR unknown " + argument.substring(0, Math.min(QUOTED, argument.length())) + "\n");
      };
    }

    private static Buffer text(String answer) {
      return Buffer.buffer(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Some of the raw bytes that an {@code ECHO} announced, in order.
   *
   * @param bytes never empty
   */
  record EchoBytes(Buffer bytes) implements Command {}

  /** A line longer than {@link LineProtocol#MAX_LINE}. Nothing follows it. */
  record LineTooLong() implements Command {}
}
