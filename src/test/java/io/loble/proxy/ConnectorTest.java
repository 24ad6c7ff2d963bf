package io.loble.proxy;

import static io.loble.model.ConnectFailure.OTHER;
import static io.loble.model.ConnectFailure.REFUSED;
import static io.loble.model.ConnectFailure.RESOLVE;
import static io.loble.model.ConnectFailure.TIMEOUT;
import static io.loble.model.ConnectFailure.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.loble.model.ConnectFailure;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which counter a failed connect goes to. */
class ConnectorTest {

  @ParameterizedTest
  @MethodSource("failures")
  void namesTheReason(Throwable failure, ConnectFailure reason) {
    assertThat(Connector.classify(failure)).isEqualTo(reason);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new ConnectException("finishConnect(..) failed: Connection refused"), REFUSED),
        arguments(new ConnectException("Connection refused: /127.0.0.1:1"), REFUSED),
        arguments(new ConnectException("connect(..) failed: Connection reset by peer"), REFUSED),
        arguments(new ConnectTimeoutException("connection timed out"), TIMEOUT),
        arguments(new TimeoutException("not resolved in time"), TIMEOUT),
        arguments(new NoRouteToHostException("No route to host"), UNREACHABLE),
        arguments(new ConnectException("connect(..) failed: Network is unreachable"), UNREACHABLE),
        arguments(new IOException("finishConnect(..) failed: No route to host"), UNREACHABLE),
        arguments(new UnknownHostException("cannot resolve nowhere.invalid"), RESOLVE),
        arguments(new IOException("Too many open files"), OTHER),
        arguments(new ConnectException(), OTHER),
        arguments(new IllegalStateException(), OTHER));
  }
}
