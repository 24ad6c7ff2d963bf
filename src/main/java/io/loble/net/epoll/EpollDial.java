package io.loble.net.epoll;

import io.loble.net.DeadlineWheel;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, with its deadline, until the socket becomes a stream's or is given up.
 */
final class EpollDial extends DeadlineWheel.Entry implements EpollSocket.Events, Dial {

  /** How soon the backlog of a Unix socket is looked at again; TCP waits in the kernel. */
  private static final long RETRY_MILLIS = 10;

  private final EpollLoop loop;
  private final DeadlineWheel<EpollDial> wheel;
  private final DialEvents events;
  private final EpollSocket socket;
  private final SocketAddress address;
  private final StreamKind kind;
  private boolean decided;

  EpollDial(
      EpollLoop loop,
      DeadlineWheel<EpollDial> wheel,
      DialEvents events,
      EpollSocket socket,
      SocketAddress address,
      StreamKind kind) {
    this.loop = loop;
    this.wheel = wheel;
    this.events = events;
    this.socket = socket;
    this.address = address;
    this.kind = kind;
  }

  /**
   * @param from where it is to come from; null where the system is to choose
   */
  void start(@Nullable InetAddress from, long timeoutMillis) {
    try {
      if (from != null) {
        socket.comeFrom(from);
      }
      wheel.schedule(this, wheel.after(timeoutMillis));
      connect();
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void connect() throws IOException {
    if (socket.connect(address)) {
      socket.tell(this);
    } else {
      loop.executeIn(RETRY_MILLIS, this::connectAgain);
    }
  }

  private void connectAgain() {
    try {
      if (!decided) {
        connect();
      }
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(IOException cause) {
    wheel.remove(this);
    loop.execute(() -> failed(cause));
  }

  @Override
  public void ready(int ready) {
    wheel.remove(this);
    try {
      if (EpollSocket.has(ready, EpollSocket.BROKEN)) {
        socket.checkConnected();
      }
      Stream stream = stream(ready);
      decided = true;
      events.connected(stream);
    } catch (IOException e) {
      failed(e);
    }
  }

  private Stream stream(int ready) throws IOException {
    if (kind == StreamKind.CHANNEL) {
      // A channel of a connection that was reset is never heard of.
      socket.checkConnected();
      return loop.channelStream(socket.kind(), socket.giveAway());
    }
    EpollStream stream = new EpollStream(loop, socket, ready);
    socket.tell(stream);
    return stream;
  }

  /** Closed with a reset: a backend that has the connection already need not wait for a client. */
  @Override
  public void cancel() {
    if (!decided) {
      wheel.remove(this);
      decided = true;
      socket.reset();
      events.connectFailed(new CancellationException());
    }
  }

  void timedOut() {
    failed(new ConnectTimeoutException("connection timed out: " + address));
  }

  @Override
  public void abort() {
    wheel.remove(this);
    failed(new IOException("the event loop has ended"));
  }

  private void failed(IOException cause) {
    if (!decided) {
      decided = true;
      socket.closeSoon();
      events.connectFailed(cause);
    }
  }
}
