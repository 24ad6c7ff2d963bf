package io.loble.net.epoll;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/** A pipe of the kernel, through which bytes pass from one socket to another without a copy. */
final class Pipe implements Backlog {

  private static final int CURRENT_POSITION = -1;

  private final Pipes owner;
  private final FileDescriptor out;
  private final FileDescriptor in;
  private int bytes;

  /** Opens one, which fails when descriptors have run out. */
  Pipe(Pipes owner) throws IOException {
    this.owner = owner;
    FileDescriptor[] ends = FileDescriptor.pipe();
    out = ends[0];
    in = ends[1];
  }

  /**
   * Takes what a socket has received. The pipe must be empty. When this fails, it is given back.
   *
   * @param most to take; what does not fit stays where it is
   * @return how many bytes; 0 when there are none yet, or no more
   */
  int fillFrom(EpollSocket source, int most) throws IOException {
    try {
      bytes = splice(source.fd(), in, most);
      return bytes;
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  @Override
  public void emptyInto(EpollSocket sink) throws IOException {
    while (bytes > 0) {
      int taken = splice(out, sink.fd(), bytes);
      if (taken == 0) {
        return;
      }
      bytes -= taken;
    }
  }

  @Override
  public boolean isEmpty() {
    return bytes == 0;
  }

  @Override
  public void release() {
    owner.giveBack(this);
  }

  void close() {
    closeQuietly(out);
    closeQuietly(in);
  }

  private static int splice(FileDescriptor from, FileDescriptor to, int most) throws IOException {
    return Native.splice(from.intValue(), CURRENT_POSITION, to.intValue(), CURRENT_POSITION, most);
  }

  private static void closeQuietly(FileDescriptor end) {
    try {
      end.close();
    } catch (IOException e) {
      // Nothing is lost with it, and the descriptor is gone either way.
    }
  }
}
