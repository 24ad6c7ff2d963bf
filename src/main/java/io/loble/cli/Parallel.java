package io.loble.cli;

import io.loble.config.ConfigException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A part of the start that goes on beside the main thread. Most of a start is loading classes, and
 * a second core can do that as well.
 *
 * <p>Two threads that initialize the same classes in a different order wait for each other for
 * ever. What is run here must therefore use libraries that the main thread leaves alone until it
 * has the result.
 */
final class Parallel<T> {

  private final FutureTask<T> task;

  private Parallel(FutureTask<T> task) {
    this.task = task;
  }

  /** Runs that on a thread of its own, which does not keep the process from ending. */
  static <T> Parallel<T> start(Callable<T> part) {
    FutureTask<T> task = new FutureTask<>(part);
    Thread thread = new Thread(task, "start");
    thread.setDaemon(true);
    thread.start();
    return new Parallel<>(task);
  }

  /** Waits for the result; what the part threw is thrown. */
  T result() throws ConfigException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConfigException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
