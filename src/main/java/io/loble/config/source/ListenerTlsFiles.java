package io.loble.config.source;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.tls.CipherSuites;
import io.loble.tls.ClientCertificates;
import io.loble.tls.Credential;
import io.loble.tls.EngineChoice;
import io.loble.tls.ServerTlsSettings;
import io.loble.tls.TlsTerms;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a listener's TLS have in them at one moment, unparsed as yet. Equal where
 * neither they nor the settings have changed.
 */
public final class ListenerTlsFiles {

  private static final String CLIENT_CA = "client_ca";
  private static final String CIPHERS = "ciphers";

  private final ListenerTls tls;
  private final FilesAtOnce files;

  private ListenerTlsFiles(ListenerTls tls, FilesAtOnce files) {
    this.tls = tls;
    this.files = files;
  }

  /**
   * Takes what the files have in them now. Blocks.
   *
   * @param tls of a listener that decrypts its clients
   * @throws IOException when they cannot be read in time
   */
  public static ListenerTlsFiles read(ListenerTls tls) throws IOException {
    return new ListenerTlsFiles(tls, FilesAtOnce.read(paths(tls)));
  }

  /**
   * Takes what the files have in them now; those whose times show that they have not changed are
   * not read again. Blocks.
   *
   * @return equal to this where nothing has changed
   * @throws IOException when they cannot be read in time
   */
  public ListenerTlsFiles again() throws IOException {
    return new ListenerTlsFiles(tls, files.again());
  }

  private static Set<String> paths(ListenerTls tls) {
    Set<String> paths = new LinkedHashSet<>();
    for (CertificateFiles certificate : tls.certificates()) {
      paths.add(certificate.cert());
      paths.add(certificate.key());
      paths.add(certificate.keyPasswordFile());
    }
    paths.add(tls.clientCa());
    paths.remove("");
    return paths;
  }

  /** What names the files. */
  public ListenerTls tls() {
    return tls;
  }

  /**
   * What a server of TLS is made of. Takes CPU time for each certificate.
   *
   * @throws IOException when one of the files is of no use, or a certificate is not valid now; the
   *     message names the key and the file, and quotes nothing of it
   */
  public ServerTlsSettings settings() throws IOException {
    FileFaults faults = new FileFaults();
    Optional<ServerTlsSettings> settings = settings(Instant.now(), faults);
    faults.throwIfAny();
    return settings.orElseThrow();
  }

  /** The same, with all that is wrong; empty if anything is. */
  Optional<ServerTlsSettings> settings(Instant now, FileFaults faults) {
    List<Credential> credentials = new ArrayList<>();
    for (int i = 0; i < tls.certificates().size(); i++) {
      credentialFiles(i).credential(now, faults).ifPresent(credentials::add);
    }
    Optional<ClientCertificates> clients = clients(faults);
    checkCiphers(faults);
    if (!faults.all().isEmpty()) {
      return Optional.empty();
    }
    TlsTerms terms = new TlsTerms(tls.minVersion(), tls.ciphers(), tls.alpn());
    return clients.map(c -> new ServerTlsSettings(credentials, tls.strictSni(), c, terms));
  }

  private CredentialFiles credentialFiles(int index) {
    CertificateFiles named = tls.certificates().get(index);
    Optional<String> password = Optional.of(named.keyPasswordFile()).filter(p -> !p.isEmpty());
    return new CredentialFiles(
        "certificates[" + index + "].",
        files.get(named.cert()),
        files.get(named.key()),
        password.map(files::get));
  }

  private Optional<ClientCertificates> clients(FileFaults faults) {
    Optional<List<X509Certificate>> authorities =
        tls.clientCa().isEmpty()
            ? Optional.of(List.of())
            : Authorities.in(files.get(tls.clientCa()), CLIENT_CA, faults);
    return authorities.map(
        all ->
            switch (tls.clientAuth()) {
              case NONE -> new ClientCertificates.None();
              case REQUEST -> new ClientCertificates.Requested(all);
              case REQUIRE -> new ClientCertificates.Required(all);
            });
  }

  private void checkCiphers(FileFaults faults) {
    if (tls.ciphers().isEmpty()) {
      return;
    }
    try {
      CipherSuites.choose(EngineChoice.get().engine(), tls.ciphers());
    } catch (IllegalArgumentException e) {
      faults.add(CIPHERS, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListenerTlsFiles all && tls.equals(all.tls) && files.equals(all.files);
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
