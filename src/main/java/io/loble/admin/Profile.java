package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recording for one client, from its start until it was sent, or the client has gone. What
 * blocks is done on worker threads; everything else on the client's event loop.
 */
final class Profile {

  private static final Logger log = LoggerFactory.getLogger("loble.admin");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Shorter than {@link HttpEndpoint}'s idle timeout, and those of what may stand between. */
  private static final long SIGN_MILLIS = 15_000;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final RoutingContext ctx;
  private final HttpServerResponse response;
  private final String id;
  private long end = NO_TIMER;
  private long signs = NO_TIMER;
  private @Nullable Recorder recorder;
  private boolean gone;

  Profile(Vertx vertx, RoutingContext ctx, String id) {
    this.vertx = vertx;
    this.ctx = ctx;
    this.response = ctx.response();
    this.id = id;
  }

  /** Begins. */
  void record(long seconds) {
    response.closeHandler(closed -> gone());
    log.info("[admin] profile by {}: {} s", Requests.caller(ctx).name(), seconds);
    vertx
        .executeBlocking(Recorder::start, false)
        .onSuccess(started -> started(started, seconds))
        .onFailure(ctx::fail);
  }

  private void started(Recorder started, long seconds) {
    recorder = started;
    if (gone) {
      close();
    } else {
      signs = vertx.setPeriodic(SIGN_MILLIS, timer -> response.writeContinue());
      end = vertx.setTimer(seconds * 1_000, timer -> finish(started));
    }
  }

  private void finish(Recorder finished) {
    vertx.cancelTimer(signs);
    end = NO_TIMER;
    vertx
        .executeBlocking(finished::finish, false)
        .onComplete(file -> close())
        .compose(this::send)
        .onFailure(this::failed);
  }

  private Future<Void> send(Path file) {
    String name = "loble-" + safe(id) + "-" + TIME.format(Instant.now()) + ".jfr";
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + '"');
    Future<Void> sent = gone ? Future.succeededFuture() : response.sendFile(file.toString());
    return sent.eventually(() -> vertx.fileSystem().delete(file.toString()));
  }

  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private void failed(Throwable cause) {
    if (gone || response.headWritten()) {
      log.info("[admin] profile was not taken: {}", cause.toString());
    } else {
      ctx.fail(cause);
    }
  }

  /** The client is gone, maybe because it has got everything. */
  private void gone() {
    gone = true;
    vertx.cancelTimer(signs);
    if (end != NO_TIMER) {
      vertx.cancelTimer(end);
      end = NO_TIMER;
      close();
    }
  }

  private void close() {
    Recorder closed = recorder;
    if (closed != null) {
      recorder = null;
      vertx
          .executeBlocking(
              () -> {
                closed.close();
                return null;
              },
              false)
          .onFailure(stopping -> closed.close());
    }
  }
}
