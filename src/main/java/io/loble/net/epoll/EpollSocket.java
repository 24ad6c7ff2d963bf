package io.loble.net.epoll;

import io.loble.net.ConnectError;
import io.loble.net.Errno;
import io.loble.net.ErrnoException;
import io.loble.net.TcpOptions;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream socket in an event loop's epoll instance, without a channel around it. Everything that
 * it may ever want to hear of is asked for once, edge-triggered: what is ready is told when it
 * becomes so, and not again until it was used up. That saves the calls that switch interests on and
 * off.
 *
 * <p>Belongs to its event loop; closing takes effect when the loop has handled the events at hand,
 * so that none of them can be taken for one of a new socket with the same descriptor.
 */
final class EpollSocket implements EpollIoHandle {

  /** What a socket's events are told to. */
  interface Events {

    /**
     * Something became ready, or several things did.
     *
     * @param ready a set of {@link EpollSocket#READABLE} and its like
     */
    void ready(int ready);

    /** The socket is closed under its owner, by a defect or by the end of the event loop. */
    void abort();
  }

  static final int READABLE = Native.EPOLLIN;
  static final int WRITABLE = Native.EPOLLOUT;

  /** The other end has sent its last byte. */
  static final int ENDED = Native.EPOLLRDHUP;

  /** Urgent data has come: a read stops there, with more behind it. */
  static final int URGENT = 0x2;

  /** The connection was reset, or could not be made. */
  static final int BROKEN = Native.EPOLLERR;

  /** Both directions have ended. */
  static final int HUNG_UP = 0x10;

  private static final EpollIoOps EVERYTHING =
      EpollIoOps.valueOf(READABLE | WRITABLE | URGENT | ENDED | Native.EPOLLET);

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private final EpollHandles handles;
  private final SocketKind kind;
  private final Socket socket;
  private @Nullable IoRegistration registration;
  private @Nullable Events events;
  private boolean closing;

  /** Whether one of those things is ready. */
  static boolean has(int ready, int any) {
    return (ready & any) != 0;
  }

  EpollSocket(EpollHandles handles, SocketKind kind, Socket socket) {
    this.handles = handles;
    this.kind = kind;
    this.socket = socket;
  }

  /** A new socket of the address's family: IPv4 through one of IPv6 would cost more. */
  static Socket open(InetAddress address) {
    return LinuxSocket.newSocketStream(address instanceof Inet6Address);
  }

  SocketKind kind() {
    return kind;
  }

  /** Says who is told of events from now on, and begins to tell with the first such call. */
  void tell(Events listener) throws IOException {
    events = listener;
    if (registration == null) {
      registration = handles.register(this, EVERYTHING);
    }
  }

  /** Lets what is ready be told again, when others have had their turn. */
  void tellAgain() {
    if (registration != null) {
      registration.submit(EVERYTHING);
    }
  }

  /**
   * Starts to connect. {@link #WRITABLE} tells that it is done, unless {@link #BROKEN} comes with
   * it.
   *
   * @return false when there is no room in the other end's backlog, and nothing tells of any
   */
  boolean connect(SocketAddress address) throws IOException {
    try {
      kind.connect(socket, address);
      return true;
    } catch (IOException e) {
      if (kind == SocketKind.UNIX && ConnectError.of(e).isOf(Errno.EAGAIN)) {
        return false;
      }
      throw e;
    }
  }

  /** Has the connection come from that address, and any port that is free towards the target. */
  void comeFrom(InetAddress address) throws IOException {
    TcpOptions.choosePortAtConnect(socket);
    socket.bind(new InetSocketAddress(address, 0));
  }

  /** This machine's end of the connection; null when it is gone. */
  @Nullable InetSocketAddress localAddress() {
    return closing ? null : kind.localAddress(socket);
  }

  /** Fails with what was wrong with the connect, if anything was. */
  void checkConnected() throws IOException {
    int error = socket.getSoError();
    if (error != 0) {
      throw new ErrnoException(error);
    }
  }

  /**
   * Reads into memory.
   *
   * @return how many bytes; 0 when there are none yet, -1 when there will be no more
   */
  int read(long address, int most) throws IOException {
    try {
      return socket.recvAddress(address, 0, most);
    } catch (NotYetConnectedException e) {
      throw new IOException(e);
    }
  }

  /**
   * Writes from memory.
   *
   * @return how many bytes were taken; when not all were, {@link #WRITABLE} tells when more will
   */
  int write(long address, int from, int to) throws IOException {
    try {
      return socket.sendAddress(address, from, to);
    } catch (NotYetConnectedException e) {
      throw new IOException(e);
    }
  }

  /**
   * Writes from a direct buffer, which is left as it was.
   *
   * @return how many bytes were taken
   */
  int write(ByteBuffer from) throws IOException {
    try {
      return socket.send(from, from.position(), from.limit());
    } catch (NotYetConnectedException e) {
      throw new IOException(e);
    }
  }

  /** Sends a FIN. */
  void shutdownOutput() {
    try {
      socket.shutdown(false, true);
    } catch (IOException | NotYetConnectedException e) {
      // The connection is gone, which is told by an event.
    }
  }

  /** Whether the kernel has packets without an answer, or bytes that it has not sent. */
  boolean hasUnsentBytes() {
    return !closing && kind.hasUnsentBytes(socket);
  }

  /** Whether the connection was reset or given up; to be asked before events are told. */
  boolean hasFailed() {
    try {
      return socket.getSoError() != 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Has the kernel ask the other end whether it is there. */
  void keepAlive(Duration idle) {
    try {
      kind.keepAlive(socket, idle);
    } catch (IOException e) {
      // The connection is gone, which is told by an event.
    }
  }

  /** Has the kernel give the connection up when the other end leaves what was sent unanswered. */
  void limitUnanswered(Duration most) {
    try {
      kind.limitUnanswered(socket, most);
    } catch (IOException e) {
      // The connection is gone, which is told by an event.
    }
  }

  /** Whether a read that brings less than was asked for has brought all that there was. */
  boolean readsWhole() {
    return kind.readsWhole();
  }

  /** Gives the socket away, open: it hears of no more events, and others close it. */
  Socket giveAway() {
    closing = true;
    if (registration != null) {
      registration.cancel();
      registration = null;
    }
    return socket;
  }

  /** Closes with a reset, whatever was not sent yet. */
  void reset() {
    if (!closing) {
      try {
        kind.closeWithReset(socket);
      } catch (IOException e) {
        // The kernel has given the connection up already, and no peer is left to tell.
      }
      closeSoon();
    }
  }

  boolean isClosing() {
    return closing;
  }

  /** Closes; the kernel goes on sending what it was given. */
  void closeSoon() {
    if (!closing) {
      closing = true;
      handles.closeSoon(this::closeNow);
    }
  }

  private void closeNow() {
    closing = true;
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
    if (registration != null) {
      registration.cancel();
    }
  }

  @Override
  public Socket fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration registered, IoEvent event) {
    if (closing || events == null) {
      return;
    }
    try {
      events.ready(((EpollIoEvent) event).ops().value());
    } catch (Throwable e) {
      // Whatever it is (memory that has run out among it), no other connection may suffer: what
      // escaped would take the events of all those along that are told in the same call.
      log.error("a connection was ended by an internal error", e);
      abort(events);
    }
  }

  private void abort(Events owner) {
    try {
      owner.abort();
    } catch (Throwable e) {
      log.error("a connection was closed by an internal error", e);
    }
    closeSoon();
  }

  /** Called by the event loop when it ends. */
  @Override
  public void close() {
    if (!closing && events != null) {
      abort(events);
    }
    closeNow();
  }
}
