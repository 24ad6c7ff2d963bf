package io.loble.net.epoll;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the sockets of one address are closed without clients in them, where other processes listen
 * there too: those get all new clients from some time before. Belongs to no event loop; its methods
 * block for some milliseconds.
 *
 * <p>It rests on how Linux numbers the sockets of a port, {@link PortShare}: those that were there
 * before ours have the numbers before ours. That holds for two processes of which one was there
 * before the other.
 *
 * @param elders the sockets of other processes that listened there before ours did
 */
record HandOver(Set<String> elders) {

  /** Where no process listens yet. */
  static HandOver ofTheFirst() {
    return new HandOver(Set.of());
  }

  /**
   * Where others may listen.
   *
   * @throws IOException when the kernel does not tell
   */
  static HandOver ofNewcomersOn(InetSocketAddress address) throws IOException {
    return new HandOver(ListeningSockets.on(address));
  }

  /** Takes back what a process that is gone may have arranged: it would keep clients from us. */
  void arrived(Socket first) {
    try {
      PortShare.leaveToKernel(first);
    } catch (IOException e) {
      // Linux before 4.6: then no process can have arranged anything.
    }
  }

  /**
   * Lets others have all clients from now on.
   *
   * @param ours our sockets there, all of them, still open
   * @return whether there are any others
   * @throws IOException when the kernel cannot be told
   */
  boolean begin(List<Socket> ours) throws IOException {
    Socket any = ours.get(0);
    InetSocketAddress address = any.localAddress();
    Set<String> all = address == null ? Set.of() : ListeningSockets.on(address);
    int others = all.size() - ours.size();
    if (others <= 0) {
      return false;
    }
    Set<String> before = new HashSet<>(elders);
    before.retainAll(all);
    if (before.isEmpty()) {
      // The number is one of theirs until the last of ours is closed, when there is no such number
      // any more and the kernel chooses among all that are left.
      PortShare.giveAllTo(Math.max(ours.size(), others), any);
    } else {
      PortShare.spreadOverFirst(before.size(), any);
    }
    return true;
  }
}
