package io.loble.config.source;

import io.loble.tls.Credential;
import io.loble.tls.TlsFileException;
import io.loble.tls.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the files of a certificate and its key have in them.
 *
 * @param prefix of the keys that name them, such as {@code certificates[0].}
 * @param password of the key, if there is one
 */
record CredentialFiles(String prefix, ReadFile cert, ReadFile key, Optional<ReadFile> password) {

  static final String CERT = "cert";
  static final String KEY = "key";
  static final String KEY_PASSWORD_FILE = "key_password_file";

  /** The certificate and its key, if both can be used at that moment; what is wrong is added. */
  Optional<Credential> credential(Instant now, FileFaults faults) {
    if (!areReadable(faults)) {
      return Optional.empty();
    }
    try {
      Credential credential = parse();
      Validity validity = Validity.of(credential.chain(), now, Duration.ZERO);
      if (!validity.isUsable()) {
        faults.add(prefix + CERT, cert.path() + ": " + validity.text() + advice(validity));
      }
      return Optional.of(credential).filter(usable -> validity.isUsable());
    } catch (TlsFileException e) {
      boolean ofKey = e.path().equals(key.path()) && !e.path().equals(cert.path());
      faults.add(prefix + (ofKey ? KEY : CERT), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Credential parse() throws TlsFileException {
    Optional<char[]> secret = password.map(ReadFile::password);
    try {
      return Credential.read(cert.pem(), key.pem(), secret);
    } finally {
      secret.ifPresent(chars -> Arrays.fill(chars, ' '));
    }
  }

  private boolean areReadable(FileFaults faults) {
    Optional<String> ofCert = cert.trouble();
    Optional<String> ofKey = key.trouble();
    Optional<String> ofPassword = password.flatMap(ReadFile::trouble);
    ofCert.ifPresent(why -> faults.add(prefix + CERT, why));
    ofKey.ifPresent(why -> faults.add(prefix + KEY, why));
    ofPassword.ifPresent(why -> faults.add(prefix + KEY_PASSWORD_FILE, why));
    return ofCert.isEmpty() && ofKey.isEmpty() && ofPassword.isEmpty();
  }

  private static String advice(Validity validity) {
    return validity instanceof Validity.Expired
        ? "; put a new one into the file"
        : "; use one that is valid now, or set this machine's clock";
  }
}
