package io.loble.proxy;

import io.loble.access.AccessList;
import io.loble.access.ClientTable;
import io.loble.access.TopNetworks;
import io.loble.config.ListenerLimits;
import io.loble.config.source.ListenerNetworks;
import io.loble.config.source.NetworkFiles;
import io.loble.context.SharedFuture;
import io.loble.upstream.FollowedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may connect to the listener of a name: what its event loops share of that, and what
 * they have refused. Goes on while listeners of that name are closed and opened again. May be used
 * from any thread.
 */
public final class ListenerGate implements Shareable {

  private final String name;
  private final Refusals refusals = new Refusals();
  private volatile ListenerRules rules = ListenerRules.unbounded();
  private volatile @Nullable FollowedFiles<NetworkFiles> followed;
  private ListenerLimits wanted = ListenerLimits.NONE;
  private Future<Void> change = Future.succeededFuture();

  ListenerGate(String name) {
    this.name = name;
  }

  /** What holds for new clients. */
  ListenerRules rules() {
    return rules;
  }

  /** Lets one more client in, or not. */
  Permit permit() {
    ListenerRules now = rules;
    return now.isEmpty() ? Permit.UNBOUNDED : new Permit(now);
  }

  Refusals refusals() {
    return refusals;
  }

  /** The networks whose clients were refused most often within the last one or two minutes. */
  public List<TopNetworks.Count> topRefused(int most) {
    return refusals.topNetworks(most, System.nanoTime());
  }

  /** What would become of a client now. */
  public ClientVerdict verdict(InetAddress client) {
    return ClientVerdict.of(rules, client, System.nanoTime());
  }

  /** How many clients are remembered, of which each takes about 30 bytes. */
  public int rememberedClients() {
    ClientTable clients = rules.clients();
    return clients == null ? 0 : clients.size();
  }

  /** Why the files of networks cannot be used now, so that their previous contents hold. */
  public Optional<String> trouble() {
    FollowedFiles<NetworkFiles> files = followed;
    return files == null ? Optional.empty() : files.trouble();
  }

  /**
   * Lets clients in as these limits say from now on. Every event loop calls this with the same
   * limits; the first call has an effect, after which the others complete.
   *
   * @return completes when they hold, on the caller's context; fails when a file cannot be used,
   *     and what held before holds
   */
  synchronized Future<Void> configure(Vertx vertx, ListenerLimits limits) {
    if (!limits.equals(wanted)) {
      wanted = limits;
      change = change(vertx, limits);
    }
    return SharedFuture.here(vertx, change);
  }

  private Future<Void> change(Vertx vertx, ListenerLimits limits) {
    if (limits.equals(rules.limits())) {
      return Future.succeededFuture();
    }
    if (!limits.namesFiles()) {
      use(limits, new AccessList(limits.allow(), limits.deny()), null);
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> read(limits), false)
        .onFailure(cause -> notUsed(limits))
        .mapEmpty();
  }

  /** Blocks, and so does what becomes of it: large lists take time. */
  private @Nullable Void read(ListenerLimits limits) throws IOException {
    NetworkFiles files = NetworkFiles.read(limits);
    ListenerNetworks networks = files.networks();
    use(limits, new AccessList(networks.allow(), networks.deny()), files);
    return null;
  }

  private void notUsed(ListenerLimits limits) {
    synchronized (this) {
      if (limits.equals(wanted)) {
        wanted = rules.limits();
        change = Future.succeededFuture();
      }
    }
  }

  /** Does nothing when other limits are wanted by now. */
  private void use(ListenerLimits limits, AccessList networks, @Nullable NetworkFiles files) {
    synchronized (this) {
      if (limits.equals(wanted)) {
        rules = rules.with(limits, networks, System.nanoTime());
        followed = files == null ? null : follow(limits, files);
      }
    }
  }

  private FollowedFiles<NetworkFiles> follow(ListenerLimits limits, NetworkFiles files) {
    return new FollowedFiles<>(
        "listener " + name, files, seen -> NetworkFiles.read(limits), this::replace);
  }

  private String replace(NetworkFiles files) throws IOException {
    ListenerNetworks networks = files.networks();
    AccessList list = new AccessList(networks.allow(), networks.deny());
    synchronized (this) {
      // What is followed by now may be other files.
      if (files.limits().equals(rules.limits())) {
        rules = rules.with(rules.limits(), list, System.nanoTime());
      }
    }
    return "%d networks are allowed, %d denied"
        .formatted(networks.allow().size(), networks.deny().size());
  }

  /** Looks whether files have changed, where that is due. Called by every event loop. */
  void look(Vertx vertx, long nowNanos) {
    FollowedFiles<NetworkFiles> files = followed;
    if (files != null) {
      files.look(vertx, nowNanos);
    }
  }
}
