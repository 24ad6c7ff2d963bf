package io.loble.sim.server;

import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs tests on Java's own sockets and, where there is that, on epoll, which wakes otherwise. */
@ParameterizedClass(name = "{0}")
@MethodSource("names")
abstract class EveryTransport {

  @SuppressWarnings("NullAway.Init")
  @Parameter
  String name;

  Vertx vertx;

  static Stream<String> names() {
    return transports().map(Transport::name);
  }

  private static Stream<Transport> transports() {
    return Stream.of(Transport.NIO, Transport.EPOLL)
        .filter(Objects::nonNull)
        .filter(Transport::available);
  }

  @BeforeEach
  void startVertx() {
    Transport transport =
        transports().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    vertx = Vertx.builder().withTransport(transport).build();
  }

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }
}
