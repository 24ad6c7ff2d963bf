package io.loble.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's listening socket. The kernel spreads clients over those of all event loops by
 * chance; one that is clearly ahead hands a client on to the one with the fewest.
 */
final class EpollListener implements EpollIoHandle {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** How many clients are accepted before others get their turn. */
  private static final int ROUNDS = 16;

  private static final long PAUSE_MILLIS = 200;

  /** This share of the fewest, and one, may an event loop be ahead before it hands clients on. */
  private static final int SLACK_SHARE = 8;

  private static final EpollIoOps NOTHING = EpollIoOps.valueOf(0);

  /** Length, address of up to 16 bytes, scope and port, as the native code writes them. */
  private static final int ADDRESS_BYTES = 25;

  private final EpollLoop loop;
  private final Worker worker;
  private final Listener listener;
  private final ListenGroup group;
  private final Socket socket;
  private final byte[] address = new byte[ADDRESS_BYTES];
  private @Nullable IoRegistration registration;
  private boolean paused;

  EpollListener(
      EpollLoop loop, Worker worker, Listener listener, ListenGroup group, Socket socket) {
    this.loop = loop;
    this.worker = worker;
    this.listener = listener;
    this.group = group;
    this.socket = socket;
  }

  void start() throws IOException {
    registration = loop.register(this, EpollIoOps.EPOLLIN);
  }

  @Override
  public Socket fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    try {
      for (int round = 0; round < ROUNDS && socket.isOpen(); round++) {
        int client = socket.accept(address);
        if (client < 0) {
          return;
        }
        paused = false;
        give(new Socket(client), NativeInetAddress.address(address, 1, address[0]));
      }
    } catch (IOException | RuntimeException e) {
      pause(registered, e);
    }
  }

  private void give(Socket client, InetSocketAddress from) {
    EpollListener chosen = chosen();
    if (chosen == this) {
      take(client, from);
      return;
    }
    try {
      chosen.loop.execute(() -> chosen.take(client, from));
    } catch (RejectedExecutionException e) {
      take(client, from);
    }
  }

  private EpollListener chosen() {
    EpollListener fewest = this;
    for (EpollListener other : group.members()) {
      if (other.worker.load() < fewest.worker.load()) {
        fewest = other;
      }
    }
    int least = fewest.worker.load();
    return worker.load() > least + 1 + least / SLACK_SHARE ? fewest : this;
  }

  private void take(Socket client, InetSocketAddress from) {
    EpollSocket accepted = new EpollSocket(loop, client);
    EpollPump pump = new EpollPump(loop, accepted, 0);
    try {
      accepted.tell(pump);
    } catch (IOException e) {
      log.warn("a client could not be served: {}", e.getMessage());
      accepted.reset();
      return;
    }
    listener.accepted(pump, from);
  }

  /** Descriptors or memory have run out; trying at once again would only burn the processor. */
  private void pause(IoRegistration registered, Exception cause) {
    if (!paused) {
      paused = true;
      log.warn("listener '{}' cannot accept: {}", listener.name(), cause.getMessage());
    }
    registered.submit(NOTHING);
    loop.executeIn(PAUSE_MILLIS, () -> registered.submit(EpollIoOps.EPOLLIN));
  }

  @Override
  public void close() {
    group.leave(this);
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
    if (registration != null) {
      registration.cancel();
    }
  }
}
