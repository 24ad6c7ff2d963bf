package io.loble.net;

import static io.loble.model.ConnectFailure.NO_RESOURCES;
import static io.loble.model.ConnectFailure.OTHER;
import static io.loble.model.ConnectFailure.REFUSED;
import static io.loble.model.ConnectFailure.RESOLVE;
import static io.loble.model.ConnectFailure.TIMEOUT;
import static io.loble.model.ConnectFailure.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.loble.model.ConnectFailure;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed connect is counted as, and how it is put. */
@EnabledOnOs(OS.LINUX)
class ConnectErrorTest {

  @ParameterizedTest
  @MethodSource("failures")
  void namesTheReason(Throwable failure, ConnectFailure reason, String text) {
    assertThat(ConnectError.of(failure)).isEqualTo(new ConnectError(reason, text));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new ErrnoException(111), REFUSED, "connection refused"),
        arguments(new ErrnoException(104), REFUSED, "connection reset by peer"),
        arguments(new ErrnoException(110), TIMEOUT, "connection timed out"),
        arguments(new ErrnoException(113), UNREACHABLE, "no route to host"),
        arguments(new ErrnoException(99), NO_RESOURCES, "cannot assign requested address"),
        arguments(new ErrnoException(24), NO_RESOURCES, "too many open files"),
        arguments(new ErrnoException(1), OTHER, "operation not permitted"),
        arguments(new ErrnoException(9999), OTHER, "error 9999"),
        arguments(
            new ConnectException(
                "finishConnect(..) failed with error(-111): Connexion refusée: /127.0.0.1:1"),
            REFUSED,
            "connection refused"),
        arguments(
            new ConnectException("connect(..) failed with error(-11): Ressource occupée"),
            NO_RESOURCES,
            "resource temporarily unavailable"),
        arguments(
            new ConnectException("Connection refused: /127.0.0.1:1"),
            REFUSED,
            "connection refused"),
        arguments(
            new ConnectException("Connection timed out: no further information"),
            TIMEOUT,
            "connection timed out"),
        arguments(new ConnectTimeoutException("/10.0.0.1:80"), TIMEOUT, "connection timed out"),
        arguments(new TimeoutException("not resolved"), TIMEOUT, "timed out"),
        arguments(new NoRouteToHostException(), UNREACHABLE, "no route to host"),
        arguments(
            new NoRouteToHostException("Network is unreachable"),
            UNREACHABLE,
            "network is unreachable"),
        arguments(
            new SocketException("Network is unreachable"), UNREACHABLE, "network is unreachable"),
        arguments(
            new BindException("Cannot assign requested address"),
            NO_RESOURCES,
            "cannot assign requested address"),
        arguments(
            new ChannelException(
                "Unable to create Channel", new SocketException("Too many open files")),
            NO_RESOURCES,
            "too many open files"),
        arguments(
            new UnknownHostException("cannot resolve nowhere.invalid"),
            RESOLVE,
            "cannot resolve nowhere.invalid"),
        arguments(new IOException("closed by a defect"), OTHER, "closed by a defect"),
        arguments(new ConnectException(), OTHER, "ConnectException"));
  }
}
