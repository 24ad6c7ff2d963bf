package io.loble.upstream.discovery;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, and its answer part by part. Used on one context. */
final class KubernetesCall {

  private static final int LONGEST_ERROR = 64 << 10;

  private final Context context;
  private final long headMillis;
  private final Function<Buffer, Future<Void>> sink;
  private final Promise<Void> head = Promise.promise();
  private final Promise<Void> done = Promise.promise();
  private final Buffer refusal = Buffer.buffer();
  private Future<Void> taking = Future.succeededFuture();
  private int status;
  private @Nullable AsyncBody body;

  /**
   * @param headMillis how long it may take until the answer begins
   * @param sink takes a part of an answer that is one, and is given the next when that is done
   */
  KubernetesCall(Context context, long headMillis, Function<Buffer, Future<Void>> sink) {
    this.context = context;
    this.headMillis = headMillis;
    this.sink = sink;
  }

  /** Done when the answer begins, and is one. */
  Future<Void> head() {
    return head.future();
  }

  /** The answer has to end within that time from now. */
  void limit(long millis) {
    KubernetesException late =
        new KubernetesException(0, "the API server has not ended its answer in " + millis + " ms");
    long timer = context.owner().setTimer(millis, id -> cancel(body == null ? silence() : late));
    done.future().onComplete(over -> context.owner().cancelTimer(timer));
  }

  /** Sends it. The future is done with the answer's end. */
  Future<Void> send(HttpClient client, HttpRequest request) {
    long timer = context.owner().setTimer(headMillis, id -> cancel(silence()));
    Future.fromCompletionStage(client.consumeBytes(request, this::received), context)
        .onComplete(answer -> context.owner().cancelTimer(timer))
        .onSuccess(this::answered)
        .onFailure(done::tryFail);
    return done.future();
  }

  private KubernetesException silence() {
    return new KubernetesException(0, "no answer from the API server within " + headMillis + " ms");
  }

  private void answered(HttpResponse<AsyncBody> response) {
    AsyncBody begun = response.body();
    body = begun;
    if (done.future().isComplete()) {
      begun.cancel();
      return;
    }
    status = response.code();
    Future.fromCompletionStage(begun.done(), context)
        .onSuccess(end -> ended())
        .onFailure(cause -> taking.onComplete(last -> done.tryFail(cause)));
    if (response.isSuccessful()) {
      head.complete();
    }
    begun.consume();
  }

  private boolean isAnswer() {
    return status >= 200 && status < 300;
  }

  private void received(List<ByteBuffer> parts, AsyncBody from) {
    Buffer part = Buffer.buffer();
    parts.forEach(bytes -> part.appendBytes(bytesOf(bytes)));
    if (isAnswer()) {
      taking = sink.apply(part);
      taking.onSuccess(taken -> from.consume()).onFailure(this::cancel);
    } else if (refusal.length() + part.length() <= LONGEST_ERROR) {
      refusal.appendBuffer(part);
      from.consume();
    } else {
      cancel(KubernetesException.refused(status, Buffer.buffer()));
    }
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void ended() {
    if (isAnswer()) {
      // It may be that the last part is not read yet, and cannot be read.
      taking.onComplete(last -> done.tryComplete());
    } else {
      done.tryFail(KubernetesException.refused(status, refusal));
    }
  }

  /** Ends it with a failure, if it has not ended. */
  void cancel(Throwable cause) {
    if (done.tryFail(cause) && body != null) {
      body.cancel();
    }
  }
}
