package io.loble.config.source;

import io.loble.model.PoolTls;
import io.loble.tls.BackendTrust;
import io.loble.tls.ClientTlsSettings;
import io.loble.tls.Credential;
import io.loble.tls.TlsTerms;
import io.loble.tls.TlsVersion;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a pool's TLS have in them at one moment, unparsed as yet. Equal where neither
 * they nor the settings have changed.
 */
public final class PoolTlsFiles {

  private static final String CA = "ca";

  private final PoolTls tls;
  private final FilesAtOnce files;

  private PoolTlsFiles(PoolTls tls, FilesAtOnce files) {
    this.tls = tls;
    this.files = files;
  }

  /**
   * Takes what the files have in them now. Blocks, if there are any.
   *
   * @param tls of a pool whose connections are encrypted
   * @throws IOException when they cannot be read in time
   */
  public static PoolTlsFiles read(PoolTls tls) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    Stream.of(tls.ca(), tls.cert(), tls.key(), tls.keyPasswordFile())
        .filter(path -> !path.isEmpty())
        .forEach(paths::add);
    return new PoolTlsFiles(tls, FilesAtOnce.read(paths));
  }

  /**
   * Takes what the files have in them now; those whose times show that they have not changed are
   * not read again. Blocks, if there are any.
   *
   * @return equal to this where nothing has changed
   * @throws IOException when they cannot be read in time
   */
  public PoolTlsFiles again() throws IOException {
    return new PoolTlsFiles(tls, files.again());
  }

  /** What names the files. */
  public PoolTls tls() {
    return tls;
  }

  /**
   * What TLS towards backends is made of.
   *
   * @throws IOException when one of the files is of no use, or a certificate is not valid now; the
   *     message names the key and the file, and quotes nothing of it
   */
  public ClientTlsSettings settings() throws IOException {
    FileFaults faults = new FileFaults();
    Optional<ClientTlsSettings> settings = settings(Instant.now(), faults);
    faults.throwIfAny();
    return settings.orElseThrow();
  }

  /** The same, with all that is wrong; empty if anything is. */
  Optional<ClientTlsSettings> settings(Instant now, FileFaults faults) {
    Optional<List<X509Certificate>> authorities =
        tls.ca().isEmpty()
            ? Optional.of(List.of())
            : Authorities.in(files.get(tls.ca()), CA, faults);
    Optional<Credential> credential =
        tls.cert().isEmpty() ? Optional.empty() : credentialFiles().credential(now, faults);
    if (!faults.all().isEmpty()) {
      return Optional.empty();
    }
    TlsTerms terms = new TlsTerms(TlsVersion.TLS_1_2, List.of(), tls.alpn());
    return authorities.map(all -> new ClientTlsSettings(trust(all), credential, terms));
  }

  private CredentialFiles credentialFiles() {
    Optional<String> password = Optional.of(tls.keyPasswordFile()).filter(p -> !p.isEmpty());
    return new CredentialFiles(
        "", files.get(tls.cert()), files.get(tls.key()), password.map(files::get));
  }

  private BackendTrust trust(List<X509Certificate> authorities) {
    return switch (tls.verify()) {
      case FULL -> new BackendTrust.Full(authorities);
      case CHAIN -> new BackendTrust.Chain(authorities);
      case NONE -> new BackendTrust.None();
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PoolTlsFiles all && tls.equals(all.tls) && files.equals(all.files);
  }

  @Override
  public int hashCode() {
    return 31 * tls.hashCode() + files.hashCode();
  }

  @Override
  public String toString() {
    return files.toString();
  }
}
