package io.loble.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the line protocol: bytes in, commands out, however the bytes are split.
 *
 * <p>Commands are taken one at a time, so that the reader can stop between two of them; what is
 * kept meanwhile is the last chunk and at most {@link #MAX_LINE} bytes of an unfinished line. Raw
 * bytes of an {@code ECHO} pass through in pieces and are never collected. Not safe for use by
 * several threads.
 */
public final class LineProtocol {

  /** The longest line in bytes, its end not counted. */
  public static final int MAX_LINE = 8192;

  private static final int MAX_ECHO_DIGITS = 18;

  private Buffer input = Buffer.buffer();
  private int position;
  private Buffer line = Buffer.buffer();
  private long echoLeft;
  private boolean broken;

  /**
   * Adds bytes. The caller must not change the buffer afterwards.
   *
   * @throws IllegalStateException when {@link #poll()} has not yet answered null for the bytes
   *     before
   */
  public void offer(Buffer chunk) {
    if (position < input.length()) {
      throw new IllegalStateException("the bytes before are not used up");
    }
    input = chunk;
    position = 0;
  }

  /** The next command; null when more bytes are needed, and always after a line too long. */
  public @Nullable Command poll() {
    if (broken || position == input.length()) {
      position = input.length();
      return null;
    }
    return echoLeft > 0 ? echoBytes() : line();
  }

  /** Whether raw bytes of an {@code ECHO} are still to come. */
  public boolean isMidEcho() {
    return echoLeft > 0;
  }

  private Command echoBytes() {
    int length = (int) Math.min(echoLeft, input.length() - position);
    echoLeft -= length;
    return new Command.EchoBytes(take(length));
  }

  private @Nullable Command line() {
    int end = position;
    while (end < input.length() && input.getByte(end) != '\n') {
      end++;
    }
    boolean whole = end < input.length();
    if (line.length() + end - position > MAX_LINE + 1) {
      return tooLong();
    }
    line.appendBuffer(take(end - position));
    return whole ? endOfLine() : null;
  }

  private Command endOfLine() {
    position++;
    int length = line.length();
    if (length > 0 && line.getByte(length - 1) == '\r') {
      length--;
    }
    if (length > MAX_LINE) {
      return tooLong();
    }
    String text = new String(line.getBytes(0, length), StandardCharsets.ISO_8859_1);
    line = Buffer.buffer();
    return command(text);
  }

  private Command tooLong() {
    broken = true;
    line = Buffer.buffer();
    return new Command.LineTooLong();
  }

  private Command command(String text) {
    if (text.startsWith("REQ")) {
      return new Command.Line(Verb.REQ, text.substring(3));
    }
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    String argument = space < 0 ? "" : text.substring(space + 1);
    return switch (word) {
      case "STREAM" -> new Command.Line(Verb.STREAM, argument);
      case "PING" -> withArgument(Verb.PING, argument, text);
      case "SLOW" -> withArgument(Verb.SLOW, argument, text);
      case "ECHO" -> echo(argument, text);
      default -> new Command.Line(Verb.UNKNOWN, text);
    };
  }

  private static Command withArgument(Verb verb, String argument, String text) {
    return argument.isEmpty()
        ? new Command.Line(Verb.UNKNOWN, text)
        : new Command.Line(verb, argument);
  }

  private Command echo(String argument, String text) {
    if (!isLength(argument)) {
      return new Command.Line(Verb.UNKNOWN, text);
    }
    echoLeft = Long.parseLong(argument);
    return new Command.Line(Verb.ECHO, argument);
  }

  private static boolean isLength(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_ECHO_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Buffer take(int length) {
    Buffer bytes = input.slice(position, position + length);
    position += length;
    return bytes;
  }
}
