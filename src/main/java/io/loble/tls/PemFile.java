package io.loble.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A file of certificates or keys (RFC 7468), as it was read.
 *
 * @param path as errors name it
 * @param text the content; bytes beyond ASCII, which only comments have, as Latin-1
 */
public record PemFile(String path, String text) {

  /** The chain of one certificate has a few KiB, all authorities of a system a few hundred. */
  public static final int MOST_BYTES = 1024 * 1024;

  /**
   * The content of a file.
   *
   * @throws TlsFileException when there is more than {@link #MOST_BYTES}
   */
  public static PemFile of(String path, byte[] content) throws TlsFileException {
    if (content.length > MOST_BYTES) {
      throw new TlsFileException(
          new PemFile(path, ""),
          "has "
              + content.length
              + " bytes; a file of certificates or keys has no more than "
              + MOST_BYTES);
    }
    return new PemFile(path, new String(content, ISO_8859_1));
  }

  /** Nothing of a key. */
  @Override
  public String toString() {
    return path;
  }
}
