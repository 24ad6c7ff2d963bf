package io.loble.net.epoll;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * What is registered with the epoll instance of one event loop, and what is to be closed there.
 * Used on that event loop only.
 */
final class EpollHandles {

  private final IoEventLoop loop;
  private List<Runnable> closing = new ArrayList<>();

  EpollHandles(IoEventLoop loop) {
    this.loop = loop;
  }

  IoRegistration register(EpollIoHandle handle, EpollIoOps interest) throws IOException {
    Future<IoRegistration> registered = loop.register(handle);
    if (!registered.isSuccess()) {
      throw new IOException("cannot register with epoll", registered.cause());
    }
    IoRegistration registration = registered.getNow();
    try {
      registration.submit(interest);
      return registration;
    } catch (UncheckedIOException e) {
      // Memory has run out, or fs.epoll.max_user_watches.
      registration.cancel();
      throw e.getCause();
    }
  }

  /** Calls what closes a handle when the events at hand are handled. */
  void closeSoon(Runnable close) {
    closing.add(close);
    if (closing.size() == 1) {
      try {
        loop.execute(this::closeAll);
      } catch (RejectedExecutionException e) {
        // The event loop has ended: there are no more events.
        closeAll();
      }
    }
  }

  private void closeAll() {
    List<Runnable> now = closing;
    closing = new ArrayList<>();
    now.forEach(Runnable::run);
  }
}
