package io.loble.net.epoll;

import io.loble.context.VertxLocal;
import io.loble.model.FileMode;
import io.loble.model.HostPort;
import io.loble.net.ListenOptions;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets that the event loops of a Vert.x instance have on one address: one each,
 * with {@code SO_REUSEPORT}, so that none waits for another to accept. May be used from any thread.
 */
final class PortGroup implements ListenGroup {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private static final VertxLocal<ConcurrentMap<String, PortGroup>> GROUPS =
      VertxLocal.map("listen-groups");

  private final ConcurrentMap<String, PortGroup> groups;
  private final String key;
  private final List<EpollListener> members = new CopyOnWriteArrayList<>();
  private int port;

  private HandOver handOver = HandOver.ofTheFirst();
  private boolean handedOver;

  /** How many have it, or are about to join it; changed under the map's lock alone. */
  private int users;

  private PortGroup(ConcurrentMap<String, PortGroup> groups, String key) {
    this.groups = groups;
    this.key = key;
  }

  /**
   * The group of an address; of a listener, where any free port will do. It is kept until all have
   * left it, so a caller of this must {@link #join} it.
   */
  static PortGroup of(Vertx vertx, String listener, HostPort address) {
    ConcurrentMap<String, PortGroup> groups = GROUPS.get(vertx);
    String key = address.port() == 0 ? listener + " " + address : address.toString();
    return groups.compute(
        key,
        (k, known) -> {
          PortGroup group = known == null ? new PortGroup(groups, k) : known;
          group.users++;
          return group;
        });
  }

  private void release() {
    groups.compute(key, (k, known) -> --users == 0 ? null : this);
  }

  @Override
  public List<EpollListener> members() {
    return members;
  }

  /**
   * Opens one more.
   *
   * @param where its host is an address, its port is 0 for any free one, but the same for all
   */
  synchronized EpollListener join(
      InetSocketAddress where, ListenOptions options, Function<Socket, EpollListener> listener)
      throws IOException {
    try {
      if (members.isEmpty()) {
        prepare(where, options);
      }
      EpollListener member = open(where.getAddress(), options, listener);
      if (options.reusePort() && members.isEmpty()) {
        handOver.arrived(member.fd());
      }
      members.add(member);
      return member;
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private void prepare(InetSocketAddress where, ListenOptions options) throws IOException {
    InetAddress host = where.getAddress();
    int wanted = where.getPort();
    boolean shared = options.reusePort();
    port = shared && wanted != 0 ? wanted : freePort(host, wanted, options.v6only());
    handOver =
        shared ? HandOver.ofNewcomersOn(new InetSocketAddress(host, port)) : HandOver.ofTheFirst();
    handedOver = false;
  }

  private EpollListener open(
      InetAddress host, ListenOptions options, Function<Socket, EpollListener> listener)
      throws IOException {
    Socket socket = bind(host, port, true, options.v6only());
    try {
      socket.setTcpNoDelay(true);
      EpollListener member = listener.apply(socket);
      member.passOnFirst();
      socket.listen(options.backlog());
      member.start();
      return member;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Each has its own socket, and takes in who waits there. */
  @Override
  public void retire(EpollListener member) {}

  @Override
  public synchronized void leave(EpollListener member) {
    try {
      member.fd().close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
    if (members.remove(member)) {
      release();
    }
  }

  @Override
  public synchronized boolean handOver() {
    if (!handedOver && !members.isEmpty()) {
      handedOver = beginHandOver();
    }
    return handedOver;
  }

  private boolean beginHandOver() {
    try {
      boolean begun = handOver.begin(members.stream().map(EpollListener::fd).toList());
      if (begun) {
        log.info("port {}: new clients go to another process", port);
      }
      return begun;
    } catch (IOException e) {
      log.warn("port {} cannot be handed over: {}", port, e.getMessage());
      return false;
    }
  }

  @Override
  public void setMode(FileMode mode) {}

  @Override
  public synchronized int port() {
    return port;
  }

  /**
   * Makes sure that no other process listens there: with {@code SO_REUSEPORT} alone, a second
   * process of the same user would be let in, and take half of the clients.
   */
  private static int freePort(InetAddress host, int wanted, boolean v6only) throws IOException {
    Socket probe = bind(host, wanted, false, v6only);
    try {
      InetSocketAddress bound = probe.localAddress();
      return bound == null ? wanted : bound.getPort();
    } finally {
      probe.close();
    }
  }

  private static Socket bind(InetAddress host, int port, boolean shared, boolean v6only)
      throws IOException {
    Socket socket = EpollSocket.open(host);
    try {
      socket.setReuseAddress(true);
      socket.setReusePort(shared);
      if (v6only && host instanceof Inet6Address) {
        V6Only.set(socket);
      }
      socket.bind(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
