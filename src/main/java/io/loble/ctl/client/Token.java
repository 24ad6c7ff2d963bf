package io.loble.ctl.client;

import io.loble.config.source.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What lets a request in.
 *
 * @param file that it was read from
 */
public record Token(String file, String secret) {

  /** The token in a file: its only line, or what follows the name there. */
  public static Token read(String file) throws CtlException {
    List<String> lines = entries(content(file));
    if (lines.isEmpty()) {
      throw CtlException.usage("--token-file: " + file + " is empty; it should hold the token");
    }
    String[] words = lines.get(0).split("\\s+", -1);
    String secret = words[words.length - 1];
    if (lines.size() > 1 || words.length > 2 || !secret.chars().allMatch(Token::isPlain)) {
      throw CtlException.usage(
          "--token-file: "
              + file
              + " should hold one token, or one line with a name and a token, and nothing else");
    }
    return new Token(file, secret);
  }

  /** Comments are what begins with #, but for a single line, which is the token whatever it is. */
  private static List<String> entries(String content) {
    List<String> lines =
        content.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.size() < 2 ? lines : lines.stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static boolean isPlain(int character) {
    return character > ' ' && character < 0x7f;
  }

  private static String content(String file) throws CtlException {
    try {
      return TextFile.decode(Files.readAllBytes(Path.of(file)));
    } catch (CharacterCodingException e) {
      throw CtlException.usage("--token-file: " + file + " " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw CtlException.usage("--token-file: " + file + ": no such file");
    } catch (InvalidPathException | IOException e) {
      throw CtlException.usage("--token-file: " + file + " cannot be read: " + e.getMessage());
    }
  }
}
