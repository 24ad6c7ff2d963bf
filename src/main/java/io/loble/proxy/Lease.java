package io.loble.proxy;

import io.loble.balancer.Pick;
import io.loble.model.Backend;
import io.loble.model.Pool;

/**
 * A place on a backend that one request holds, and what health and the choice of backends hear of
 * it. It is given back once. Called on its event loop.
 */
public final class Lease {

  private final LoopEnvironment loop;
  private final Pool pool;
  private final Pick.Chosen chosen;
  private final AnswerWatch answer = new AnswerWatch();
  private long bytesToBackend;
  private long bytesToClient;
  private boolean released;

  Lease(LoopEnvironment loop, Pool pool, Pick.Chosen chosen) {
    this.loop = loop;
    this.pool = pool;
    this.chosen = chosen;
    answer.tries(pool, chosen.backend());
  }

  public Pool pool() {
    return pool;
  }

  public Backend backend() {
    return chosen.backend();
  }

  /** Whether the backend is out of rotation, and this request is to show how it does. */
  public boolean isTrial() {
    return chosen.trial();
  }

  Pick.Chosen chosen() {
    return chosen;
  }

  /** There is a connection for the request. */
  public void connected() {
    answer.connected(System.nanoTime());
  }

  /** Something was sent of the request; comes after {@link #connected}. */
  public void asked() {
    answer.asked();
  }

  /** The answer begins, and shows that the backend works. */
  public void answered() {
    answer.answered();
    loop.outcomes().success(pool.name(), backend(), isTrial());
  }

  /** The backend has failed before its answer began, or with its answer. */
  public void failed(String why) {
    answer.failed();
    backend().stats().counters().resetEarly();
    loop.outcomes().failure(pool.name(), backend(), isTrial(), why);
  }

  /** The connection was gone before the request came to it: nobody's fault. */
  public void lost() {
    answer.stop();
  }

  /** So many bytes of the request's body were sent. */
  public void toBackend(int bytes) {
    bytesToBackend += bytes;
    backend().stats().counters().addBytesToBackend(bytes);
  }

  /** So many bytes of the answer's body have come. */
  public void toClient(int bytes) {
    bytesToClient += bytes;
    backend().stats().counters().addBytesToClient(bytes);
  }

  long bytesToBackend() {
    return bytesToBackend;
  }

  long bytesToClient() {
    return bytesToClient;
  }

  /** Gives the place back; does nothing when that has been done. */
  public void release() {
    if (!released) {
      released = true;
      answer.end();
      loop.release(pool, backend());
    }
  }

  /** The place was given back by who was to connect. */
  void abandoned() {
    if (!released) {
      released = true;
      answer.stop();
    }
  }
}
