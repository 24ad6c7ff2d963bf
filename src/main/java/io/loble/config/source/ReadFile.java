package io.loble.config.source;

import io.loble.tls.PemFile;
import io.loble.tls.TlsFileException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a file has in it, or why that is not known. Equal where both are; what it has in it is shown
 * nowhere, since it may be a key.
 */
final class ReadFile {

  private final String path;
  private final byte[] content;
  private final String trouble;

  private ReadFile(String path, byte[] content, String trouble) {
    this.path = path;
    this.content = content;
    this.trouble = trouble;
  }

  /**
   * @param path as it is named
   */
  static ReadFile of(String path, byte[] content) {
    return new ReadFile(path, content, "");
  }

  /** One that cannot be read. */
  static ReadFile unreadable(String path, String why) {
    return new ReadFile(path, new byte[0], why);
  }

  /** Why it cannot be read, with its name; empty when it can. */
  Optional<String> trouble() {
    return Optional.of(trouble).filter(why -> !why.isEmpty()).map(why -> path + ": " + why);
  }

  String path() {
    return path;
  }

  PemFile pem() throws TlsFileException {
    return PemFile.of(path, content);
  }

  /** The password that is all of it, apart from an end of the line. */
  char[] password() {
    int length = content.length;
    while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
      length--;
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(content, 0, length));
    char[] password = new char[text.remaining()];
    text.get(password);
    return password;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadFile file
        && path.equals(file.path)
        && trouble.equals(file.trouble)
        && Arrays.equals(content, file.content);
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return path;
  }
}
