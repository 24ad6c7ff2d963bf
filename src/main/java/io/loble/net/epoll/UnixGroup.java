package io.loble.net.epoll;

import io.loble.model.FileMode;
import io.loble.model.UnixPath;
import io.loble.net.ListenOptions;
import io.loble.net.SocketFile;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening Unix socket and the event loops that have it in their epoll instances: whichever
 * comes first accepts. The last that leaves closes it. Its file is removed before, so that no
 * client comes that nobody would take in.
 */
final class UnixGroup implements ListenGroup {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private final UnixSockets owner;
  private final UnixPath path;
  private final Socket socket;
  private final SocketFile file;
  private final List<EpollListener> members = new CopyOnWriteArrayList<>();
  private final Set<EpollListener> retiring = new HashSet<>();

  private UnixGroup(UnixSockets owner, UnixPath path, Socket socket, SocketFile file) {
    this.owner = owner;
    this.path = path;
    this.socket = socket;
    this.file = file;
  }

  /** Makes a socket that listens, of which a dead one may have left its file. */
  static UnixGroup open(UnixSockets owner, UnixPath path, ListenOptions options)
      throws IOException {
    SocketFile.makeRoom(path);
    Socket socket = newSocket();
    try {
      socket.bind(new DomainSocketAddress(path.path()));
      SocketFile file = SocketFile.claim(path, options.mode());
      socket.listen(options.backlog());
      return new UnixGroup(owner, path, socket, file);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket newSocket() throws IOException {
    try {
      return Socket.newSocketDomain();
    } catch (ChannelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Called by the owner, under its lock. */
  EpollListener join(ListenOptions options, BiFunction<ListenGroup, Socket, EpollListener> listener)
      throws IOException {
    try {
      file.setMode(options.mode());
      EpollListener member = listener.apply(this, socket);
      if (!hasStartedBeside(member)) {
        member.start();
      }
      members.add(member);
      return member;
    } catch (IOException | RuntimeException e) {
      closeIfUnused();
      throw e;
    }
  }

  /** Of the members on one event loop, one accepts, and hands on to the others. */
  private boolean hasStartedBeside(EpollListener member) {
    return members.stream().anyMatch(other -> other.isStarted() && other.isBeside(member));
  }

  @Override
  public List<EpollListener> members() {
    return members;
  }

  @Override
  public void setMode(FileMode mode) throws IOException {
    file.setMode(mode);
  }

  @Override
  public void retire(EpollListener member) {
    synchronized (owner) {
      retiring.add(member);
      if (retiring.containsAll(members)) {
        removeFile();
      }
    }
  }

  @Override
  public void leave(EpollListener member) {
    synchronized (owner) {
      retiring.remove(member);
      if (members.remove(member)) {
        startInsteadOf(member);
        closeIfUnused();
      }
    }
  }

  /** Called on the event loop of both. */
  private void startInsteadOf(EpollListener gone) {
    if (hasStartedBeside(gone)) {
      return;
    }
    members.stream()
        .filter(other -> other.isBeside(gone) && !retiring.contains(other))
        .findFirst()
        .ifPresent(this::start);
  }

  private void start(EpollListener member) {
    try {
      member.start();
    } catch (IOException e) {
      log.error("{}: clients are no longer accepted on one event loop: {}", path, e.getMessage());
    }
  }

  private void closeIfUnused() {
    if (members.isEmpty()) {
      removeFile();
      closeQuietly();
    }
  }

  private void removeFile() {
    file.remove();
    owner.forget(path, this);
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public boolean handOver() {
    return false;
  }
}
