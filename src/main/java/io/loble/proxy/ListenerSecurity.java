package io.loble.proxy;

import io.loble.config.ListenerTls;
import io.loble.config.source.FileFacts;
import io.loble.config.source.ListenerTlsFiles;
import io.loble.context.SharedFuture;
import io.loble.tls.CertificateMatch;
import io.loble.tls.EndingCertificates;
import io.loble.tls.EngineChoice;
import io.loble.tls.HandshakeStats;
import io.loble.tls.ServerTls;
import io.loble.tls.UsedCertificate;
import io.loble.upstream.FollowedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards the clients of the listener of a name: what its event loops share of that. Goes on
 * while listeners of that name are closed and opened again. May be used from any thread.
 */
public final class ListenerSecurity implements Shareable {

  private static final Logger log = LoggerFactory.getLogger("loble.tls");
  private static final long ROTATION_NANOS = ServerTls.ROTATION.toNanos();

  private final String name;
  private final HandshakeStats stats = new HandshakeStats();
  private volatile @Nullable Current current;
  private volatile @Nullable ServerTls server;
  private ListenerTls wanted = ListenerTls.OFF;
  private Future<Void> change = Future.succeededFuture();
  private long rotatedNanos = System.nanoTime();

  ListenerSecurity(String name) {
    this.name = name;
  }

  /** What is in force. */
  private record Current(ListenerTls settings, FollowedFiles<ListenerTlsFiles> followed) {}

  /**
   * What decrypts clients. To be asked where {@link #configure} has switched TLS on; it is there
   * when that was switched off meanwhile, for clients that came before.
   */
  ServerTls server() {
    return Objects.requireNonNull(server);
  }

  /** The handshakes with its clients. */
  public HandshakeStats stats() {
    return stats;
  }

  /** The certificates that new clients are shown; none where they are not decrypted. */
  public List<UsedCertificate> certificates() {
    return current == null ? List.of() : server().certificates();
  }

  /**
   * The certificates that a client would be shown now, and why; nothing where clients are not
   * decrypted.
   *
   * @param serverName that it asks for, in lower case; null for none
   */
  public Optional<CertificateMatch<UsedCertificate>> match(@Nullable String serverName) {
    return current == null ? Optional.empty() : Optional.of(server().match(serverName));
  }

  /** Why the files cannot be used now, so that their previous contents hold. */
  public Optional<String> trouble() {
    return Optional.ofNullable(current).flatMap(now -> now.followed().trouble());
  }

  /**
   * Decrypts new clients as these settings say from now on. Every event loop calls this with the
   * same settings; the first call has an effect, after which the others complete.
   *
   * @return completes when they hold, on the caller's context; fails when a file cannot be used,
   *     and what held before holds
   */
  synchronized Future<Void> configure(Vertx vertx, ListenerTls settings) {
    if (!settings.equals(wanted)) {
      wanted = settings;
      change = change(vertx, settings);
    }
    return SharedFuture.here(vertx, change);
  }

  private Future<Void> change(Vertx vertx, ListenerTls settings) {
    Current now = current;
    if (!settings.isOn()) {
      current = null;
      return Future.succeededFuture();
    }
    if (now != null && now.settings().equals(settings)) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> begin(settings), false)
        .onFailure(cause -> notUsed(settings))
        .mapEmpty();
  }

  /** Blocks, for a millisecond or so for each certificate. */
  private @Nullable Void begin(ListenerTls settings) throws IOException {
    ListenerTlsFiles files = ListenerTlsFiles.read(settings);
    ServerTls before = server;
    if (before == null) {
      server = new ServerTls(EngineChoice.get().engine(), files.settings());
    } else {
      // Goes on with the keys of its tickets.
      before.exchange(files.settings());
    }
    synchronized (this) {
      if (settings.equals(wanted)) {
        current = new Current(settings, follow(files));
      }
    }
    return null;
  }

  private FollowedFiles<ListenerTlsFiles> follow(ListenerTlsFiles files) {
    return new FollowedFiles<>("listener " + name, files, ListenerTlsFiles::again, this::exchange);
  }

  String exchange(ListenerTlsFiles files) throws IOException {
    Current before = current;
    if (before != null && files.tls().equals(before.settings())) {
      server().exchange(files.settings());
    }
    warnOfEnds();
    return "new connections get the certificates that they hold now";
  }

  /** Of those that come with a configuration, a look at the configuration warns. */
  private void warnOfEnds() {
    EndingCertificates.among(certificates(), Instant.now(), FileFacts.SOON)
        .forEach(warning -> log.warn("[tls] listener {}: {}", name, warning));
  }

  private synchronized void notUsed(ListenerTls settings) {
    if (settings.equals(wanted)) {
      Current now = current;
      wanted = now == null ? ListenerTls.OFF : now.settings();
      change = Future.succeededFuture();
    }
  }

  /** Does what is due: files may have changed. Called by every event loop. */
  void look(Vertx vertx, long nowNanos) {
    Current now = current;
    if (now != null) {
      now.followed().look(vertx, nowNanos);
      if (isTimeToRotate(nowNanos)) {
        server().rotateTicketKeys();
      }
    }
  }

  private synchronized boolean isTimeToRotate(long nowNanos) {
    boolean due = nowNanos - rotatedNanos >= ROTATION_NANOS;
    if (due) {
      rotatedNanos = nowNanos;
    }
    return due;
  }
}
