package io.loble.config.source;

import io.loble.tls.Certificates;
import io.loble.tls.TlsFileException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads authorities from what a file has in it. */
final class Authorities {

  private Authorities() {}

  /**
   * All of them; empty where the file is of no use, which is added to what is wrong.
   *
   * @param key that names the file
   */
  static Optional<List<X509Certificate>> in(ReadFile file, String key, FileFaults faults) {
    Optional<String> trouble = file.trouble();
    if (trouble.isPresent()) {
      faults.add(key, trouble.get());
      return Optional.empty();
    }
    try {
      return Optional.of(Certificates.authorities(file.pem()));
    } catch (TlsFileException e) {
      faults.add(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
