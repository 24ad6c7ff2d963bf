package io.loble.ctl;

import io.loble.config.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that holds a token. */
final class TokenFile {

  private TokenFile() {}

  /** The token in it, without the white space around it. */
  static String read(String file) throws CtlException {
    String token = content(file).strip();
    if (token.isEmpty()) {
      throw CtlException.usage("--token-file: " + file + " is empty; it should hold the token");
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw CtlException.usage(
          "--token-file: " + file + " should hold one token, and nothing but that");
    }
    return token;
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
