package io.loble.control;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Reloads on request, one at a time: all requests that come during one are met by a single one
 * after it, so that a slow one does not have them queue up. May be used from any thread.
 */
public final class Reloads {

  private final Supplier<Future<?>> reload;
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param reload reloads once; its future completes when that is done, well or badly
   */
  public Reloads(Supplier<Future<?>> reload) {
    this.reload = reload;
  }

  /** Asks for a reload that begins after this call. */
  public void request() {
    if (requests.getAndIncrement() == 0) {
      run();
    }
  }

  private void run() {
    int met = requests.get();
    reload
        .get()
        .onComplete(
            done -> {
              if (requests.addAndGet(-met) > 0) {
                run();
              }
            });
  }
}
