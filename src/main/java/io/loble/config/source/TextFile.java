package io.loble.config.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What editors put into a file beside its text, and how to tell that it is not UTF-8. */
public final class TextFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * The text of a UTF-8 file, without the byte-order mark that it may begin with.
   *
   * @throws CharacterCodingException with what to do about it as its message
   */
  public static String decode(byte[] content) throws CharacterCodingException {
    if (isUtf16(content)) {
      throw new Undecodable("is UTF-16 text; save it as UTF-8");
    }
    try {
      return withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw new Undecodable("is not UTF-8 text; save it as such");
    }
  }

  /** The text without the byte-order mark that it may begin with. */
  static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** By its mark, or by the zero byte beside its first letter. */
  private static boolean isUtf16(byte[] content) {
    if (content.length < 2) {
      return false;
    }
    int first = content[0] & 0xff;
    int second = content[1] & 0xff;
    return (first == 0xff && second == 0xfe)
        || (first == 0xfe && second == 0xff)
        || (first == 0) != (second == 0);
  }

  private static final class Undecodable extends CharacterCodingException {

    private final String message;

    Undecodable(String message) {
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message;
    }
  }
}
