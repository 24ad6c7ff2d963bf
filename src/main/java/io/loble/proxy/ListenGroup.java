package io.loble.proxy;

import io.loble.model.HostPort;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets that the event loops of a Vert.x instance have on one address: one each,
 * with {@code SO_REUSEPORT}, so that none waits for another to accept. May be used from any thread.
 */
final class ListenGroup implements Shareable {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** The kernel lowers this to what {@code net.core.somaxconn} allows. */
  static final int BACKLOG = 65_535;

  private final LocalMap<String, ListenGroup> groups;
  private final String key;
  private final List<EpollListener> members = new CopyOnWriteArrayList<>();
  private int port;

  /** The sockets of other processes that were there before this group was. */
  private Set<String> elders = Set.of();

  private @Nullable Boolean handedOver;

  /** How many have it, or are about to join it; changed under the map's lock alone. */
  private int users;

  private ListenGroup(LocalMap<String, ListenGroup> groups, String key) {
    this.groups = groups;
    this.key = key;
  }

  /**
   * The group of an address; of a listener, where any free port will do. It is kept until all have
   * left it, so whoever has called this must {@link #join} it.
   */
  static ListenGroup of(Vertx vertx, String listener, HostPort address) {
    LocalMap<String, ListenGroup> groups = vertx.sharedData().getLocalMap("loble.listen-groups");
    String key = address.port() == 0 ? listener + " " + address : address.toString();
    return groups.compute(
        key,
        (k, known) -> {
          ListenGroup group = known == null ? new ListenGroup(groups, k) : known;
          group.users++;
          return group;
        });
  }

  private void release() {
    groups.compute(key, (k, known) -> --users == 0 ? null : this);
  }

  /** Those that are open. */
  List<EpollListener> members() {
    return members;
  }

  /**
   * Opens one more.
   *
   * @param host where to listen
   * @param wanted the port, 0 for any free one, but the same for all
   * @param shared whether other processes may be there already
   */
  synchronized EpollListener join(
      InetAddress host, int wanted, boolean shared, Function<Socket, EpollListener> listener)
      throws IOException {
    try {
      if (members.isEmpty()) {
        port = shared && wanted != 0 ? wanted : freePort(host, wanted);
        elders = shared ? ListeningSockets.on(new InetSocketAddress(host, port)) : Set.of();
      }
      EpollListener member = open(host, listener);
      if (shared && members.isEmpty()) {
        // What a process that is gone has left behind would keep clients from this one.
        PortShare.reset(member.fd());
      }
      members.add(member);
      return member;
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private EpollListener open(InetAddress host, Function<Socket, EpollListener> listener)
      throws IOException {
    Socket socket = bind(host, port, true);
    try {
      socket.setTcpNoDelay(true);
      socket.listen(BACKLOG);
      EpollListener member = listener.apply(socket);
      member.start();
      return member;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  synchronized void leave(EpollListener member) {
    if (members.remove(member)) {
      release();
    }
  }

  /**
   * Lets other processes that listen there too have all clients from now on, so that this one can
   * close its sockets without anybody in them. To be called while all members are open; may block.
   *
   * @return whether there are any that take over
   */
  synchronized boolean handOver() {
    if (handedOver == null) {
      handedOver = tryHandOver();
    }
    return handedOver;
  }

  private boolean tryHandOver() {
    if (members.isEmpty()) {
      return false;
    }
    Socket member = members.get(0).fd();
    try {
      InetSocketAddress address = member.localAddress();
      return address != null && handOver(member, ListeningSockets.on(address));
    } catch (IOException e) {
      log.warn("port {} cannot be handed over: {}", port, e.getMessage());
      return false;
    }
  }

  private boolean handOver(Socket member, Set<String> all) throws IOException {
    int others = all.size() - members.size();
    if (others <= 0) {
      return false;
    }
    Set<String> before = new HashSet<>(elders);
    before.retainAll(all);
    if (before.isEmpty()) {
      // Ours are the first. The number is one of theirs until the last of ours is closed, when
      // there is no such number any more and the kernel chooses among all that are left.
      PortShare.giveAllTo(Math.max(members.size(), others), member);
    } else {
      PortShare.spreadOverFirst(before.size(), member);
    }
    log.info("port {}: new clients go to another process", port);
    return true;
  }

  synchronized int port() {
    return port;
  }

  /**
   * Makes sure that nobody else listens there: with {@code SO_REUSEPORT} alone, a second process of
   * the same user would be let in, and take half of the clients.
   */
  private static int freePort(InetAddress host, int wanted) throws IOException {
    Socket probe = bind(host, wanted, false);
    try {
      InetSocketAddress bound = probe.localAddress();
      return bound == null ? wanted : bound.getPort();
    } finally {
      probe.close();
    }
  }

  private static Socket bind(InetAddress host, int port, boolean shared) throws IOException {
    Socket socket = EpollSocket.open(host);
    try {
      socket.setReuseAddress(true);
      socket.setReusePort(shared);
      socket.bind(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
