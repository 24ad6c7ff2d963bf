package io.loble.net.epoll;

import io.loble.model.TcpSettings;
import io.loble.net.TcpInfo;
import io.loble.net.TcpOptions;
import io.loble.net.UnixPeer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a socket can be asked for, or told, that another kind of socket does not know. */
enum SocketKind {
  TCP {
    @Override
    void connect(Socket socket, SocketAddress address) throws IOException {
      socket.setTcpNoDelay(true);
      socket.connect(address);
    }

    @Override
    SocketAddress peer(byte[] accepted) {
      return NativeInetAddress.address(accepted, 1, accepted[0]);
    }

    @Override
    void passOn(Socket listening, TcpSettings tcp) throws IOException {
      TcpOptions.setKeepalive(listening, tcp.keepalive());
      TcpOptions.setUserTimeout(listening, tcp.userTimeout());
    }

    @Override
    Channel channel(int descriptor) {
      return new EpollSocketChannel(descriptor);
    }

    @Override
    void keepAlive(Socket socket, Duration idle) throws IOException {
      TcpOptions.setKeepalive(socket, idle);
    }

    @Override
    void limitUnanswered(Socket socket, Duration most) throws IOException {
      TcpOptions.setUserTimeout(socket, most);
    }

    @Override
    boolean hasUnsentBytes(Socket socket) {
      return TcpInfo.hasUnsentBytes(socket);
    }

    @Override
    void closeWithReset(Socket socket) throws IOException {
      socket.setSoLinger(0);
    }

    @Override
    @Nullable InetSocketAddress localAddress(Socket socket) {
      return socket.localAddress();
    }

    @Override
    boolean readsWhole() {
      return true;
    }
  },

  /**
   * A Unix socket of type {@code SOCK_STREAM}. Its other end is a process of this machine, which
   * the kernel knows to be there or not.
   */
  UNIX {
    @Override
    void connect(Socket socket, SocketAddress address) throws IOException {
      socket.connect(address);
    }

    @Override
    SocketAddress peer(byte[] accepted) {
      return UnixPeer.INSTANCE;
    }

    @Override
    void passOn(Socket listening, TcpSettings tcp) {}

    @Override
    Channel channel(int descriptor) {
      return new EpollDomainSocketChannel(descriptor);
    }

    @Override
    void keepAlive(Socket socket, Duration idle) {}

    @Override
    void limitUnanswered(Socket socket, Duration most) {}

    /** What was written is in the other end's queue, where no close can take it away. */
    @Override
    boolean hasUnsentBytes(Socket socket) {
      return false;
    }

    /**
     * There is no such thing: the other end learns of a reset only where it has sent what was not
     * read.
     */
    @Override
    void closeWithReset(Socket socket) {}

    @Override
    @Nullable InetSocketAddress localAddress(Socket socket) {
      return null;
    }

    /** A read stops behind a message that came with descriptors, though there is more. */
    @Override
    boolean readsWhole() {
      return false;
    }
  };

  /** Starts to connect. */
  abstract void connect(Socket socket, SocketAddress address) throws IOException;

  /**
   * The other end of a socket that was accepted.
   *
   * @param accepted as the native code writes it
   */
  abstract SocketAddress peer(byte[] accepted);

  /** What the sockets of clients are to begin with. */
  abstract void passOn(Socket listening, TcpSettings tcp) throws IOException;

  /** A channel of a connected socket, which it closes. */
  abstract Channel channel(int descriptor);

  /** Has the kernel ask the other end whether it is there. */
  abstract void keepAlive(Socket socket, Duration idle) throws IOException;

  /** Has the kernel give the connection up when the other end leaves what was sent unanswered. */
  abstract void limitUnanswered(Socket socket, Duration most) throws IOException;

  /** Whether the kernel has bytes that the other end's kernel has not got. */
  abstract boolean hasUnsentBytes(Socket socket);

  /** Has the close that follows be a reset. */
  abstract void closeWithReset(Socket socket) throws IOException;

  /** This machine's end of the connection; null where it has no IP address, or is gone. */
  abstract @Nullable InetSocketAddress localAddress(Socket socket);

  /** Whether a read that brings less than was asked for has brought all that there was. */
  abstract boolean readsWhole();
}
