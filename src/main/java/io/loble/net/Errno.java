package io.loble.net;

import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.internal.PlatformDependent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error numbers of the operating system that a socket can meet. The numbers are those of Linux
 * and macOS; the texts are the same everywhere and in every locale.
 */
public enum Errno {
  EPERM(1, 1, "operation not permitted"),
  ENOENT(2, 2, "no such file or directory"),
  EAGAIN(11, 35, "resource temporarily unavailable"),
  ENOMEM(12, 12, "cannot allocate memory"),
  EACCES(13, 13, "permission denied"),
  ENOTDIR(20, 20, "not a directory"),
  EINVAL(22, 22, "invalid argument"),
  ENFILE(23, 23, "too many open files in system"),
  EMFILE(24, 24, "too many open files"),
  EPIPE(32, 32, "broken pipe"),
  EPROTOTYPE(91, 41, "protocol wrong type for socket"),
  EADDRINUSE(98, 48, "address already in use"),
  EADDRNOTAVAIL(99, 49, "cannot assign requested address"),
  ENETDOWN(100, 50, "network is down"),
  ENETUNREACH(101, 51, "network is unreachable"),
  ECONNABORTED(103, 53, "software caused connection abort"),
  ECONNRESET(104, 54, "connection reset by peer"),
  ENOBUFS(105, 55, "no buffer space available"),
  ETIMEDOUT(110, 60, "connection timed out"),
  ECONNREFUSED(111, 61, "connection refused"),
  EHOSTDOWN(112, 64, "host is down"),
  EHOSTUNREACH(113, 65, "no route to host");

  /** How Netty's transports write the number into the message, where they keep it nowhere else. */
  private static final Pattern NUMBER = Pattern.compile("failed with error\\(-?(\\d+)\\)");

  private static final boolean BSD = PlatformDependent.isOsx();

  private final int linux;
  private final int bsd;
  private final String text;

  Errno(int linux, int bsd, String text) {
    this.linux = linux;
    this.bsd = bsd;
    this.text = text;
  }

  /** The number on this system; positive. */
  public int number() {
    return BSD ? bsd : linux;
  }

  /** What it means, in lower case: {@code connection refused}. */
  public String text() {
    return text;
  }

  /**
   * The error of that number on this system.
   *
   * @param number its sign does not matter: Netty has them negative
   */
  public static Optional<Errno> of(int number) {
    int positive = Math.abs(number);
    return Arrays.stream(values()).filter(errno -> errno.number() == positive).findFirst();
  }

  /**
   * The error that an exception stands for, if it stands for one by itself. Causes are not looked
   * at. Java's own transport keeps no number, only the system's text, which is in the locale's
   * language; there this knows the English one.
   */
  static Optional<Errno> of(Throwable failure) {
    if (failure instanceof ErrnoException known) {
      return of(known.number());
    }
    if (failure instanceof NativeIoException known) {
      return of(known.expectedErr());
    }
    String message = String.valueOf(failure.getMessage());
    Matcher number = NUMBER.matcher(message);
    return number.find() ? of(Integer.parseInt(number.group(1))) : byText(message);
  }

  private static Optional<Errno> byText(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(errno -> lower.contains(errno.text)).findFirst();
  }
}
