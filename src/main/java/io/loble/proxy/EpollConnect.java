package io.loble.proxy;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One attempt to connect, with its deadline, until the socket becomes a pump's or is given up. */
final class EpollConnect extends DeadlineWheel.Entry implements EpollSocket.Events {

  private final EpollLoop loop;
  private final DeadlineWheel<EpollConnect> wheel;
  private final Session session;
  private final EpollSocket socket;
  private final InetSocketAddress address;
  private boolean decided;

  EpollConnect(
      EpollLoop loop,
      DeadlineWheel<EpollConnect> wheel,
      Session session,
      EpollSocket socket,
      InetSocketAddress address) {
    this.loop = loop;
    this.wheel = wheel;
    this.session = session;
    this.socket = socket;
    this.address = address;
  }

  void start(long timeoutMillis) {
    try {
      socket.connect(address);
      socket.tell(this);
      wheel.schedule(this, wheel.after(timeoutMillis));
    } catch (IOException e) {
      loop.execute(() -> failed(e));
    }
  }

  @Override
  public void ready(int ready) {
    wheel.remove(this);
    try {
      if (EpollSocket.has(ready, EpollSocket.BROKEN)) {
        socket.checkConnected();
      }
      EpollPump pump = new EpollPump(loop, socket, ready);
      socket.tell(pump);
      decided = true;
      session.connected(pump);
    } catch (IOException e) {
      failed(e);
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
      session.connectFailed(cause);
    }
  }
}
