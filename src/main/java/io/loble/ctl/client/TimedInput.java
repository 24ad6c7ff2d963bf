package io.loble.ctl.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What a socket receives, with a deadline for all of it until that is lifted. */
final class TimedInput extends InputStream {

  private final Socket socket;
  private final InputStream in;
  private final Deadline deadline;
  private boolean lifted;

  TimedInput(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  /** From now on a read waits as long as it takes. */
  void lift() throws IOException {
    lifted = true;
    socket.setSoTimeout(0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!lifted) {
      socket.setSoTimeout(deadline.leftMillis());
    }
    return in.read(buffer, offset, length);
  }
}
