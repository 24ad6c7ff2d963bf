package io.loble.config;

/** How the process talks to the kernel about sockets. */
public enum Transport {
  /** The fastest of the others that this machine can load. */
  AUTO,
  EPOLL,
  IO_URING,
  KQUEUE,
  NIO
}
