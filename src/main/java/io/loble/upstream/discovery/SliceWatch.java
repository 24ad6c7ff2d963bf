package io.loble.upstream.discovery;

import io.loble.upstream.discovery.SliceSet.Change;
import io.loble.upstream.discovery.SliceSet.Listing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the slices of a service up to date over one connection to the API server: by a list, where
 * no version is known yet, and a watch. What comes is read on other threads than the event loop.
 */
final class SliceWatch {

  private final Context context;
  private final KubernetesApi api;
  private final ServicePaths paths;
  private final SliceSet slices;
  private final Listener listener;
  private boolean over;

  /** Hears how it goes. */
  interface Listener {

    /** There is a watch now. What was known before is as good as new. */
    void watching();

    /** Slices may have changed. */
    void changed();
  }

  SliceWatch(
      Context context, KubernetesApi api, ServicePaths paths, SliceSet slices, Listener listener) {
    this.context = context;
    this.api = api;
    this.paths = paths;
    this.slices = slices;
    this.listener = listener;
  }

  /**
   * Begins, and goes on until the API server ends it.
   *
   * @return fails with a {@link KubernetesException}
   */
  Future<Void> follow(KubernetesTimes times) {
    return (slices.version().isEmpty() ? list() : Future.<Void>succeededFuture())
        .compose(listed -> watch(times))
        .onComplete(end -> over = true);
  }

  private Future<Void> list() {
    return api.get(paths.slices())
        .compose(body -> context.executeBlocking(() -> Listing.read(new JsonObject(body)), false))
        .<Void>map(
            listing -> {
              slices.replace(listing);
              listener.changed();
              return null;
            })
        .recover(cause -> Future.failedFuture(failure("list", cause)));
  }

  private Future<Void> watch(KubernetesTimes times) {
    LineCutter lines = new LineCutter();
    return api.stream(
            paths.watch(slices.version(), times.watchSeconds()),
            listener::watching,
            part -> take(lines, part),
            times.deadMillis())
        .recover(cause -> Future.failedFuture(failure("watch", cause)));
  }

  private KubernetesException failure(String verb, Throwable cause) {
    KubernetesException failure = KubernetesException.of(api.server(), cause);
    return failure.isForbidden()
        ? failure.because("EndpointSlices need the right to " + verb + " them")
        : failure;
  }

  private Future<Void> take(LineCutter cutter, Buffer part) {
    List<Buffer> lines;
    try {
      lines = cutter.cut(part);
    } catch (KubernetesException e) {
      return Future.failedFuture(e);
    }
    return lines.isEmpty()
        ? Future.succeededFuture()
        : context.executeBlocking(() -> read(lines), false).map(this::apply);
  }

  private static List<Change> read(List<Buffer> lines) throws KubernetesException {
    List<Change> changes = new ArrayList<>();
    for (Buffer line : lines) {
      JsonObject event = new JsonObject(line);
      JsonObject object = SliceReader.table(event, "object");
      String type = SliceReader.text(event, "type");
      if (type.equals("ERROR")) {
        throw KubernetesException.refused(object);
      }
      changes.add(Change.read(type, object));
    }
    return changes;
  }

  private Void apply(List<Change> changes) {
    boolean any = false;
    for (Change change : changes) {
      // What was given up may be read late, when another connection has told more.
      any |= !over && slices.apply(change);
    }
    if (any) {
      listener.changed();
    }
    return null;
  }
}
