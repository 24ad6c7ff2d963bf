package io.loble.net.epoll;

import io.loble.model.FileMode;
import io.loble.model.TcpSettings;
import io.loble.net.Acceptor;
import io.loble.net.ListenOptions;
import io.loble.net.LoopLoad;
import io.loble.net.StreamKind;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's listening socket. The kernel spreads clients over those of all event loops by
 * chance; one that is clearly ahead hands a client on to the one with the fewest. Of a Unix socket
 * there is but one, which all event loops have.
 */
final class EpollListener implements EpollIoHandle {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** How many clients are accepted before others get their turn. */
  private static final int ROUNDS = 16;

  /** More cannot wait: that is the most that {@code listen} is asked for. */
  private static final int MOST_WAITING = 65_535;

  private static final long PAUSE_MILLIS = 200;

  /** This share of the fewest, and one, may an event loop be ahead before it hands clients on. */
  private static final int SLACK_SHARE = 8;

  /** ENOMEM, ENFILE, EMFILE, ENOBUFS, as Netty has them. */
  private static final Set<Integer> SHORTAGES = Set.of(-12, -23, -24, -105);

  /**
   * What epoll tells of in any case. With no interest at all Netty takes the socket out of epoll,
   * and knows no way to put it back.
   */
  private static final EpollIoOps NOTHING = EpollIoOps.EPOLLERR;

  /** Length, address of up to 16 bytes, scope and port, as the native code writes them. */
  private static final int ADDRESS_BYTES = 25;

  private final EpollLoop loop;
  private final ListenOptions options;
  private final Acceptor acceptor;
  private final ListenGroup group;
  private final SocketKind kind;
  private final Socket socket;
  private final byte[] address = new byte[ADDRESS_BYTES];
  private @Nullable IoRegistration registration;
  private boolean paused;
  private boolean closing;
  private StreamKind streams;

  EpollListener(
      EpollLoop loop,
      ListenOptions options,
      Acceptor acceptor,
      ListenGroup group,
      SocketKind kind,
      Socket socket) {
    this.loop = loop;
    this.options = options;
    this.acceptor = acceptor;
    this.group = group;
    this.kind = kind;
    this.socket = socket;
    this.streams = options.kind();
  }

  /** Of which kind the streams of clients are from now on. */
  void setKind(StreamKind wanted) {
    streams = wanted;
  }

  /**
   * Sets on the listening socket what the sockets of its clients are to begin with: none of them
   * costs a system call of its own.
   */
  void passOn(TcpSettings tcp) {
    try {
      kind.passOn(socket, tcp);
    } catch (IOException e) {
      log.warn("listener '{}': this system does not take [tcp]: {}", options.name(), e);
    }
  }

  /** The same, as it was asked for when the listening socket was opened. */
  void passOnFirst() {
    passOn(options.tcp());
  }

  /** How many clients may wait to be accepted from now on: Linux takes a second {@code listen}. */
  boolean setBacklog(int backlog) {
    try {
      socket.listen(backlog);
      return true;
    } catch (IOException e) {
      log.warn("listener '{}': the backlog cannot be changed: {}", options.name(), e);
      return false;
    }
  }

  /** Changes the mode of a Unix socket's file. */
  boolean setMode(FileMode mode) {
    try {
      group.setMode(mode);
      return true;
    } catch (IOException e) {
      log.warn("listener '{}': the mode cannot be changed: {}", options.name(), e.toString());
      return false;
    }
  }

  ListenGroup group() {
    return group;
  }

  /** Whether it has the socket in its epoll instance. */
  boolean isStarted() {
    return registration != null;
  }

  /** Whether both have the same epoll instance, where a socket can be but once. */
  boolean isBeside(EpollListener other) {
    return loop.isOneWith(other.loop);
  }

  void start() throws IOException {
    registration = loop.handles().register(this, EpollIoOps.EPOLLIN);
  }

  @Override
  public Socket fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    accept(registered, ROUNDS);
  }

  private void accept(IoRegistration registered, int atMost) {
    for (int round = 0; round < atMost && socket.isOpen(); round++) {
      try {
        int client = socket.accept(address);
        if (client < 0) {
          return;
        }
        paused = false;
        give(new Socket(client), kind.peer(address));
      } catch (NativeIoException e) {
        // Anything else is about one client, who is gone.
        if (SHORTAGES.contains(e.expectedErr())) {
          pause(registered, e);
          return;
        }
      } catch (IOException | RuntimeException e) {
        log.error("a client was lost by an internal error", e);
      }
    }
  }

  /** Takes in the clients that the kernel has accepted already, and would reset; then closes. */
  void acceptPendingAndClose() {
    closing = true;
    group.retire(this);
    IoRegistration registered = registration;
    if (registered != null) {
      accept(registered, MOST_WAITING);
    }
    close();
  }

  private void give(Socket client, SocketAddress from) {
    EpollListener chosen = chosen();
    if (chosen == this) {
      take(client, from);
      return;
    }
    LoopLoad load = chosen.loop.load();
    load.expectClient();
    try {
      chosen.loop.execute(
          () -> {
            load.clientArrived();
            chosen.take(client, from);
          });
    } catch (RejectedExecutionException e) {
      load.clientArrived();
      take(client, from);
    }
  }

  private EpollListener chosen() {
    if (closing) {
      // The others are closing too, and might not wait for a late client.
      return this;
    }
    EpollListener fewest = this;
    for (EpollListener other : group.members()) {
      if (other.load() < fewest.load() && other.isOf(options.name())) {
        fewest = other;
      }
    }
    int least = fewest.load();
    return load() > least + 1 + least / SLACK_SHARE ? fewest : this;
  }

  private int load() {
    return loop.load().get();
  }

  private boolean isOf(String listener) {
    return options.name().equals(listener);
  }

  private void take(Socket client, SocketAddress from) {
    EpollSocket accepted = new EpollSocket(loop.handles(), kind, client);
    if (loop.isClosed()) {
      accepted.reset();
      return;
    }
    try {
      if (streams == StreamKind.CHANNEL) {
        acceptor.accepted(loop.channelStream(kind, accepted.giveAway()), from);
        return;
      }
      EpollStream stream = new EpollStream(loop, accepted, 0);
      accepted.tell(stream);
      acceptor.accepted(stream, from);
    } catch (IOException | RuntimeException e) {
      log.error("a client could not be served", e);
      accepted.reset();
    }
  }

  /** Descriptors or memory have run out; trying at once again would only burn the processor. */
  private void pause(IoRegistration registered, Exception cause) {
    if (!paused) {
      paused = true;
      log.warn("listener '{}' cannot accept: {}", options.name(), cause.getMessage());
    }
    registered.submit(NOTHING);
    loop.executeIn(PAUSE_MILLIS, () -> registered.submit(EpollIoOps.EPOLLIN));
  }

  @Override
  public void close() {
    // First: others may go on with the socket.
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
    group.leave(this);
  }
}
