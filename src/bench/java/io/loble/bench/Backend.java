package io.loble.bench;

/** What the proxies relay to, on a port of the loopback interface. */
interface Backend extends AutoCloseable {

  int port();

  @Override
  void close();
}
