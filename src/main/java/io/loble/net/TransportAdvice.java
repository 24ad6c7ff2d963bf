package io.loble.net;

import io.loble.context.VertxLocal;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how a Vert.x instance that runs on Java's own transport would get a faster one. A program
 * that deploys verticles makes the instance itself, and Vert.x prefers nio unless it is told.
 */
public final class TransportAdvice {

  private static final Logger log = LoggerFactory.getLogger("loble");

  private static final VertxLocal<AtomicBoolean> LOGGED =
      VertxLocal.of("transport-advice", AtomicBoolean::new);

  private static final String OPTION =
      "create Vert.x with new VertxOptions().setPreferNativeTransport(true), or, on the command"
          + " line, set \"transport\": \"auto\" in -conf";

  private TransportAdvice() {}

  /** What to do; empty where the transport is a native one, or the system has none. */
  public static Optional<String> of(Vertx vertx) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!Transports.nameOf(vertx).equals("nio")) {
      return Optional.empty();
    }
    if (system.startsWith("linux")) {
      return Optional.of(advice("epoll", "linux", Epoll.unavailabilityCause()));
    }
    return system.startsWith("mac")
        ? Optional.of(advice("kqueue", "osx", KQueue.unavailabilityCause()))
        : Optional.empty();
  }

  /** Logs it, once for that Vert.x instance. */
  public static void log(Vertx vertx) {
    if (LOGGED.get(vertx).compareAndSet(false, true)) {
      of(vertx).ifPresent(log::warn);
    }
  }

  static String advice(String wanted, String system, @Nullable Throwable unavailable) {
    String slower = "transport nio is in use, which relays without splice; to have " + wanted;
    return unavailable == null
        ? slower + ", " + OPTION
        : slower
            + ", add io.netty:netty-transport-native-%s with classifier %s-%s, and %s"
                .formatted(wanted, system, processor(), OPTION);
  }

  private static String processor() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch_64";
      default -> "for this processor";
    };
  }
}
