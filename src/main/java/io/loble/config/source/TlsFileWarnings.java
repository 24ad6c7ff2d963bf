package io.loble.config.source;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.model.PoolTls;
import io.loble.tls.ClientTlsSettings;
import io.loble.tls.Credential;
import io.loble.tls.ServerTlsSettings;
import io.loble.tls.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what can be used of the files of one table, and will soon be trouble. */
final class TlsFileWarnings {

  /** So many are told of: a thousand certificates may all be about to end. */
  private static final int MOST = 10;

  private final String prefix;
  private final Instant now;
  private final List<String> found = new ArrayList<>();

  /**
   * @param prefix of the keys
   */
  TlsFileWarnings(String prefix, Instant now) {
    this.prefix = prefix;
    this.now = now;
  }

  /** Of a listener. */
  List<String> of(ListenerTls tls, ServerTlsSettings settings) {
    for (int i = 0; i < settings.credentials().size(); i++) {
      CertificateFiles files = tls.certificates().get(i);
      String key = "certificates[" + i + "].";
      ending(key + CredentialFiles.CERT, settings.credentials().get(i));
      readable(key + CredentialFiles.KEY, files.key());
    }
    return bounded();
  }

  /** Of a pool. */
  List<String> of(PoolTls tls, ClientTlsSettings settings) {
    settings
        .credential()
        .ifPresent(
            credential -> {
              ending(CredentialFiles.CERT, credential);
              readable(CredentialFiles.KEY, tls.key());
            });
    return bounded();
  }

  private void ending(String key, Credential credential) {
    FileFacts facts = FileFacts.of(credential, now);
    if (facts.validity() instanceof Validity.EndsSoon soon) {
      found.add(
          "%s%s: %s expires at %s; put a new one into the file before"
              .formatted(prefix, key, facts.file(), soon.notAfter()));
    }
  }

  private void readable(String key, String file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(Path.of(file));
      if (mode.contains(PosixFilePermission.OTHERS_READ)) {
        found.add(
            "%s%s: every user of this machine can read %s (%s); take that away with chmod o="
                .formatted(prefix, key, file, PosixFilePermissions.toString(mode)));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // It has been read, so all that is lost is a warning.
      return;
    }
  }

  private List<String> bounded() {
    if (found.size() <= MOST) {
      return List.copyOf(found);
    }
    List<String> first = new ArrayList<>(found.subList(0, MOST));
    first.add("%scertificates: %d more warnings".formatted(prefix, found.size() - MOST));
    return first;
  }
}
