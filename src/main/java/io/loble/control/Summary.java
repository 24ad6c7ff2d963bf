package io.loble.control;

import io.loble.model.BuildInfo;
import io.loble.net.Transports;
import io.loble.proxy.ListenerRegistry;
import io.vertx.core.Vertx;
import java.util.stream.Collectors;

/** What runs in a Vert.x instance, in a line for people. */
public final class Summary {

  private Summary() {}

  /**
   * The line.
   *
   * @param where follows the word "runs"; may be empty
   */
  public static String of(Vertx vertx, String where) {
    return "loble %s runs%s, transport %s%s, admin on %s, listeners: %s"
        .formatted(
            BuildInfo.version(),
            where,
            Transports.nameOf(vertx),
            TlsUse.engine(vertx).map(engine -> ", TLS by " + engine).orElse(""),
            ProcessStatus.of(vertx).adminAddress(),
            listeners(vertx));
  }

  /** The open listeners. */
  public static String listeners(Vertx vertx) {
    return new ListenerRegistry(vertx)
        .entries().stream()
            .map(l -> l.name() + " on " + l.address() + " to pool " + l.pool())
            .collect(Collectors.joining(", "));
  }
}
