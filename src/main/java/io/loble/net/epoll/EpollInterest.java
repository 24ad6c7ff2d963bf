package io.loble.net.epoll;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Keeps Netty's channels in their epoll instance. One that has got a FIN and is not to be read has
 * no interest left: Netty (4.2.14 to 4.2.18 at least, since pull request 16689) takes its socket
 * out of epoll then, and when it has to wait for room to write, fails to change what is not there.
 */
final class EpollInterest {

  private static final MethodHandle SET_FLAG = find();

  private EpollInterest() {}

  /** No public method adds an interest. */
  private static MethodHandle find() {
    try {
      Class<?> declaring = EpollSocketChannel.class.getSuperclass().getSuperclass();
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(declaring, MethodHandles.lookup());
      return lookup
          .findVirtual(declaring, "setFlag", MethodType.methodType(void.class, int.class))
          .asType(MethodType.methodType(void.class, Channel.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Netty's channels have changed", e);
    }
  }

  /** Adds an interest in errors, which epoll tells of anyway, to a channel that is registered. */
  static void keep(Channel channel) throws IOException {
    try {
      SET_FLAG.invokeExact(channel, EpollIoOps.EPOLLERR.value());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
