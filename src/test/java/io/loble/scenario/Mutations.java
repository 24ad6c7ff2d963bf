package io.loble.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Spoils text by chance. */
final class Mutations {

  /** What a parser may stumble over. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "'''",
          "\"\"\"",
          "\\",
          "\\u0000",
          "\\uD800",
          "\u0000",
          "\n",
          "\r",
          "[",
          "]",
          "[[",
          "{",
          "}",
          ",",
          ":",
          "=",
          ".",
          "#",
          "-",
          "+",
          "e999999",
          "inf",
          "nan",
          "null",
          "true",
          "1e400",
          "0x",
          "99999999999999999999",
          "-1",
          "1979-05-27T07:32:00Z",
          "weight",
          "name",
          "address",
          "\"\" = 1\n",
          "a.b.c = 1\n",
          "\ud83d\udca9",
          "%",
          "\u202e");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /** Some bytes flipped, left out, put in, moved or doubled. */
  byte[] bytes(byte[] valid) {
    String text = new String(valid, ISO_8859_1);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      text = changed(text);
    }
    return text.getBytes(ISO_8859_1);
  }

  /** The same of text, which stays text. */
  String text(String valid) {
    return new String(bytes(valid.getBytes(UTF_8)), UTF_8);
  }

  private String changed(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    String before = text.substring(0, at);
    String after = text.substring(end);
    String cut = text.substring(at, end);
    return switch (random.nextInt(7)) {
      case 0 -> before + (char) random.nextInt(256) + after;
      case 1 -> before + after;
      case 2 -> before + cut + cut + after;
      case 3 -> before + piece() + cut + after;
      case 4 -> before + piece() + after;
      case 5 -> random.nextInt(5) == 0 ? before : after + before;
      default -> before + new StringBuilder(cut).reverse() + after;
    };
  }

  private String piece() {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return new String(piece.getBytes(UTF_8), ISO_8859_1);
  }
}
