package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

  private final Vertx vertx = Vertx.vertx();
  private final SerialQueue queue = new SerialQueue(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void anActionBeginsWhenTheOneBeforeHasFinished() {
    List<String> begun = new ArrayList<>();
    Promise<String> first = Promise.promise();
    queue.submit(
        () -> {
          begun.add("first");
          return first.future();
        });
    Future<String> second =
        queue.submit(
            () -> {
              begun.add("second");
              return Future.succeededFuture("done");
            });

    assertThat(begun).containsExactly("first");
    first.fail("it went wrong");
    assertThat(second.await()).isEqualTo("done");
    assertThat(begun).containsExactly("first", "second");
  }

  @Test
  void whatAnActionThrowsIsItsOwnFailure() {
    RuntimeException defect = new IllegalStateException("broken");
    Future<String> broken =
        queue.submit(
            () -> {
              throw defect;
            });
    Future<String> next = queue.submit(() -> Future.succeededFuture("done"));

    assertThat(next.await()).isEqualTo("done");
    assertThat(broken.cause()).isSameAs(defect);
  }

  @Test
  void futuresCompleteOnTheContextOfTheirCaller() {
    Context caller = vertx.getOrCreateContext();
    Promise<String> pending = Promise.promise();
    CompletableFuture<Context> completedOn = new CompletableFuture<>();
    caller.runOnContext(
        now ->
            queue
                .submit(pending::future)
                .onComplete(done -> completedOn.complete(Vertx.currentContext())));

    pending.complete("done");
    assertThat(completedOn.join()).isEqualTo(caller);
  }
}
