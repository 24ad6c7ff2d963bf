package io.loble.tls;

import java.io.IOException;

/** A file of certificates or keys is of no use; the message names it and says what is wrong. */
public final class TlsFileException extends IOException {

  private static final long serialVersionUID = 1;

  TlsFileException(PemFile file, String what) {
    super(file.path() + ": " + what);
  }

  TlsFileException(PemFile file, String what, Throwable cause) {
    super(file.path() + ": " + what, cause);
  }
}
