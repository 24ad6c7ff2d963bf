package io.loble.upstream.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.BackendConfig;
import io.loble.upstream.discovery.Answer.Backends;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A source on a context, and what it has said. */
final class SourceInTest implements AutoCloseable {

  private final Context context;
  private final EndpointSource source;
  private final List<Answer> answers = new CopyOnWriteArrayList<>();

  private SourceInTest(Context context, EndpointSource source) {
    this.context = context;
    this.source = source;
  }

  static SourceInTest start(Vertx vertx, EndpointSource source) {
    SourceInTest started = new SourceInTest(vertx.getOrCreateContext(), source);
    started.context.runOnContext(now -> source.start(started::answered));
    return started;
  }

  private void answered(Answer answer) {
    assertThat(Vertx.currentContext()).isSameAs(context);
    answers.add(answer);
  }

  List<Answer> answers() {
    return answers;
  }

  /** Waits until the last answer is such a one. */
  Answer until(Predicate<Answer> such) {
    await().atMost(20, SECONDS).until(() -> !answers.isEmpty() && such.test(last()));
    return last();
  }

  /** Waits, while it goes on, until something has happened. */
  void goesOnUntil(Callable<Boolean> happened) {
    await().atMost(20, SECONDS).until(happened);
  }

  /** Waits until the last answer names these, each as {@code name wWEIGHT pPRIORITY}. */
  void untilBackends(String... expected) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(backends()).containsExactly(expected));
  }

  private List<String> backends() {
    return !answers.isEmpty() && last() instanceof Backends found
        ? found.backends().stream().map(SourceInTest::text).toList()
        : List.of("none: " + answers);
  }

  private static String text(BackendConfig found) {
    return found.name() + " w" + found.weight() + " p" + found.priority();
  }

  Answer last() {
    return answers.get(answers.size() - 1);
  }

  /** Stops it, there; what it says after that is said too late. */
  @Override
  public void close() {
    Promise<Void> stopped = Promise.promise();
    context.runOnContext(
        now -> {
          source.stop();
          stopped.complete();
        });
    stopped.future().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
  }
}
