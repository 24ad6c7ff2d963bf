package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.config.SocketSettings;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.Snapshot;
import io.loble.net.Acceptor;
import io.loble.net.Binding;
import io.loble.net.ListenOptions;
import io.loble.net.StreamKind;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of a listening address. All event loops of a Vert.x instance that open the
 * same listener share its port and its counters, and each gets its share of the clients.
 */
final class Listener {

  private final LoopEnvironment loop;
  private final ListenerRegistry registry;
  private final ListenerState state;
  private final Acceptor acceptor;
  private Address bound;
  private @Nullable Binding binding;

  /**
   * @param acceptor is given the clients
   */
  Listener(
      LoopEnvironment loop, ListenerRegistry registry, ListenerState state, Acceptor acceptor) {
    this.loop = loop;
    this.registry = registry;
    this.state = state;
    this.acceptor = acceptor;
    this.bound = state.config().address();
  }

  String name() {
    return state.name();
  }

  ListenerConfig config() {
    return state.config();
  }

  /** What its sessions know of it. */
  ListenerState state() {
    return state;
  }

  void follow(Snapshot snapshot) {
    state.follow(snapshot);
  }

  /**
   * Takes over a configuration of the same name and address.
   *
   * @return false when the listener has to be opened anew for it; then nothing has changed
   */
  boolean reconfigure(ListenerConfig newConfig) {
    if (!takesOver(newConfig.socket())) {
      return false;
    }
    boolean otherTcp = !newConfig.tcp().equals(config().tcp());
    state.configure(newConfig);
    if (binding != null) {
      binding.setKind(kind(newConfig));
    }
    registry.opened(newConfig, bound);
    if (otherTcp && binding != null) {
      binding.setTcp(newConfig.tcp());
    }
    return true;
  }

  private boolean takesOver(SocketSettings wanted) {
    SocketSettings now = config().socket();
    return now.v6only() == wanted.v6only()
        && (now.mode().equals(wanted.mode()) || binding == null || binding.setMode(wanted.mode()))
        && (now.backlog() == wanted.backlog()
            || binding == null
            || binding.setBacklog(wanted.backlog()));
  }

  /** Opens the listener, or fails with a message that names it and its address. */
  Future<Void> open() {
    Address wanted = config().address();
    return loop.transport()
        .listen(options(), acceptor)
        .onSuccess(this::opened)
        .recover(cause -> Future.failedFuture(new ListenException(name(), wanted, cause)))
        .mapEmpty();
  }

  private ListenOptions options() {
    ListenerConfig config = config();
    return new ListenOptions(
        config.name(),
        config.address(),
        config.reusePort(),
        config.tcp(),
        config.socket().backlog(),
        config.socket().v6only(),
        config.socket().mode(),
        kind(config));
  }

  private StreamKind kind(ListenerConfig config) {
    return loop.kinds().ofClients(config.tls().isOn() || config.http().on());
  }

  private void opened(Binding openBinding) {
    state.setOpen(true);
    binding = openBinding;
    if (config().address() instanceof HostPort tcp) {
      bound = new HostPort(tcp.host(), openBinding.port());
    }
    loop.ownListeners().opened(state, bound);
    registry.opened(config(), bound);
  }

  /** Whether another process takes over the clients that come from now on. */
  Future<Boolean> handOver() {
    return binding == null || !config().reusePort()
        ? Future.succeededFuture(false)
        : binding.handOver();
  }

  /** Closes the listening socket; connections that were accepted stay, at most that long. */
  Future<Void> close(long millis) {
    state.setOpen(false);
    loop.ownListeners().closed(state);
    registry.closed(name(), bound);
    return binding == null ? Future.succeededFuture() : binding.close(millis);
  }
}
