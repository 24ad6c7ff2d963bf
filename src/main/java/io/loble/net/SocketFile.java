package io.loble.net;

import io.loble.model.FileMode;
import io.loble.model.UnixPath;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix socket that listens. It stays when its process is killed: then it is dead, and
 * may be replaced. A live one, and any other kind of file, is never touched.
 *
 * <p>All methods block, for as long as a file system takes.
 */
public final class SocketFile {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** Of the mode that {@code stat} tells, what says the type, and that of a socket. */
  private static final int TYPE = 0170000;

  private static final int SOCKET = 0140000;

  private final Path path;
  private final Object inode;

  private SocketFile(Path path, Object inode) {
    this.path = path;
    this.inode = inode;
  }

  /**
   * Finds out whether a socket could be made there.
   *
   * @throws SocketFileException that says why not
   */
  public static void check(UnixPath address) throws IOException {
    look(Path.of(address.path()));
  }

  /**
   * Removes a dead socket that is in the way.
   *
   * @throws SocketFileException when something else is, or the directory lets none be made
   */
  public static void makeRoom(UnixPath address) throws IOException {
    Path path = Path.of(address.path());
    Optional<Object> dead = look(path);
    if (dead.isPresent()) {
      new SocketFile(path, dead.get()).remove();
      log.info("{}: replaces a socket that no process listens on any more", address);
    }
  }

  /**
   * The file of a socket that was just bound there, with that mode. To be called before the socket
   * listens: until then none can connect.
   */
  public static SocketFile claim(UnixPath address, FileMode mode) throws IOException {
    Path path = Path.of(address.path());
    SocketFile file = new SocketFile(path, attributes(path).fileKey());
    file.setMode(mode);
    return file;
  }

  public void setMode(FileMode mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode.bits());
  }

  /** Removes it, if it is still the same file. */
  public void remove() {
    try {
      if (attributes(path).fileKey().equals(inode)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // Removed by another one.
    } catch (IOException e) {
      log.warn("the socket {} cannot be removed: {}", path, e.toString());
    }
  }

  /**
   * @return the inode of a dead socket; empty when there is nothing
   */
  private static Optional<Object> look(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      checkDirectory(path);
      return Optional.empty();
    }
    Object inode = attributes(path).fileKey();
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw new SocketFileException("the file there is no socket, and is left alone");
    }
    checkDead(path);
    checkDirectory(path);
    return Optional.of(inode);
  }

  private static void checkDirectory(Path path) throws SocketFileException {
    Path directory = path.resolveSibling("");
    if (!Files.isDirectory(directory)) {
      throw new SocketFileException("there is no directory " + directory);
    }
    if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
      throw new SocketFileException("no permission to make a file in " + directory);
    }
  }

  /** A connect that has to wait finds a full backlog, which is as much a sign of life. */
  private static void checkDead(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      return;
    } catch (IOException e) {
      ConnectError error = ConnectError.of(e);
      if (!error.isOf(Errno.EAGAIN)) {
        throw new SocketFileException(
            "whether the socket there is in use cannot be found out: " + error.text());
      }
    }
    throw new SocketFileException("another process listens there");
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
