package io.loble.net;

import io.loble.model.ConnectFailure;
import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Why a connection could not be made, whichever transport says so.
 *
 * @param reason which of the reasons that are counted
 * @param text what went wrong, in a few words without an address or a class name: {@code connection
 *     refused}
 */
public record ConnectError(ConnectFailure reason, String text) {

  /** An exception whose causes go deeper than this has a circle in them. */
  private static final int DEEPEST_CAUSE = 10;

  /** Reads what a failed connect, or a failed look-up before it, has thrown. */
  public static ConnectError of(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElseGet(() -> new ConnectError(ConnectFailure.OTHER, say(failure)));
  }

  /** Whether it is that error of the system. */
  public boolean isOf(Errno errno) {
    return text.equals(errno.text());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST_CAUSE);
  }

  private static Optional<ConnectError> known(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return Optional.of(new ConnectError(ConnectFailure.RESOLVE, say(failure)));
    }
    if (failure instanceof SourceException) {
      return Optional.of(new ConnectError(ConnectFailure.NO_RESOURCES, say(failure)));
    }
    if (failure instanceof LoopException) {
      return Optional.of(new ConnectError(ConnectFailure.LOOP, say(failure)));
    }
    if (failure instanceof SocketFileException) {
      return Optional.of(new ConnectError(ConnectFailure.OTHER, say(failure)));
    }
    if (failure instanceof HandshakeFailedException) {
      return Optional.of(new ConnectError(ConnectFailure.TLS, say(failure)));
    }
    if (failure instanceof UnixConnectException unix) {
      return Optional.of(unix.error());
    }
    if (failure instanceof FileNotFoundException) {
      // Netty's, without a text.
      return Optional.of(of(Errno.ENOENT));
    }
    if (failure instanceof ConnectTimeoutException) {
      return Optional.of(of(Errno.ETIMEDOUT));
    }
    if (failure instanceof TimeoutException) {
      return Optional.of(new ConnectError(ConnectFailure.TIMEOUT, "timed out"));
    }
    if (failure instanceof NoRouteToHostException) {
      // Netty's own transports use it for an unreachable network too, and keep no number.
      return Optional.of(of(Errno.of(failure).orElse(Errno.EHOSTUNREACH)));
    }
    return Errno.of(failure).map(ConnectError::of);
  }

  private static ConnectError of(Errno errno) {
    return new ConnectError(reason(errno), errno.text());
  }

  private static ConnectFailure reason(Errno errno) {
    return switch (errno) {
      case ECONNREFUSED, ECONNRESET, ECONNABORTED, ENOENT, ENOTDIR, EPROTOTYPE ->
          ConnectFailure.REFUSED;
      case ETIMEDOUT -> ConnectFailure.TIMEOUT;
      case ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH -> ConnectFailure.UNREACHABLE;
      case EAGAIN, ENOMEM, ENFILE, EMFILE, EADDRINUSE, EADDRNOTAVAIL, ENOBUFS ->
          ConnectFailure.NO_RESOURCES;
      case EPERM, EACCES, EINVAL, EPIPE -> ConnectFailure.OTHER;
    };
  }

  private static String say(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
