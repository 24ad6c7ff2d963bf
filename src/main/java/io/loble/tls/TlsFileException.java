package io.loble.tls;

import java.io.IOException;

/** A file of certificates or keys is of no use; the message names it and says what is wrong. */
public final class TlsFileException extends IOException {

  private static final long serialVersionUID = 1;

  private final String path;

  TlsFileException(PemFile file, String what) {
    super(file.path() + ": " + what);
    this.path = file.path();
  }

  TlsFileException(PemFile file, String what, Throwable cause) {
    super(file.path() + ": " + what, cause);
    this.path = file.path();
  }

  /** The file that is of no use. */
  public String path() {
    return path;
  }
}
