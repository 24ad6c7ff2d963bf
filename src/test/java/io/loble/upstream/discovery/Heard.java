package io.loble.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.DiscoverySource;
import io.loble.model.BackendMode;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A source in use, and what it has said. */
final class Heard implements AutoCloseable {

  /** All is well for a watch after no time; the longest pause is as short as the first. */
  static final KubernetesTimes TIMES = new KubernetesTimes(1_000, 60, 60_000, 200, 20, 40);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Answer> answers = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final EndpointSource source;

  Heard(DiscoverySource.Kubernetes what, Map<String, String> environment, KubernetesTimes times) {
    source =
        on(
            promise ->
                promise.complete(
                    new KubernetesSource(vertx, what, environment, new Random(1), times)));
    on(
        promise -> {
          source.start(this::answered);
          promise.complete();
        });
  }

  static Heard of(TestCluster cluster) {
    return of(cluster, TIMES);
  }

  static Heard of(TestCluster cluster, KubernetesTimes times) {
    return new Heard(postgres(cluster), Map.of(), times);
  }

  static DiscoverySource.Kubernetes postgres(TestCluster cluster) {
    return new DiscoverySource.Kubernetes("shop", "postgres", "", false, "", cluster.url());
  }

  private <T> T on(Consumer<Promise<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.accept(promise));
    return promise.future().toCompletionStage().toCompletableFuture().join();
  }

  private synchronized void answered(Answer answer) {
    if (vertx.getOrCreateContext() != context || !context.isEventLoopContext()) {
      elsewhere.add(Thread.currentThread().getName());
    }
    answers.add(answer);
  }

  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** The last answer's backends, or what went wrong. */
  synchronized String last() {
    if (answers.isEmpty()) {
      return "nothing";
    }
    Answer answer = answers.get(answers.size() - 1);
    if (answer instanceof Answer.Backends found) {
      return String.join(" ", found.backends().stream().map(Heard::shown).toList());
    }
    return answer instanceof Answer.NotFound missing
        ? "not found: " + missing.why()
        : "failed: " + ((Answer.Failed) answer).why();
  }

  private static String shown(BackendConfig backend) {
    return backend.name() + (backend.mode() == BackendMode.READY ? "" : "!");
  }

  /** Waits for that. */
  void waitFor(String what) {
    Awaitility.await(what)
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(last()).isEqualTo(what));
  }

  /** Waits for a failure that says that. */
  void waitForFailure(String part) {
    Awaitility.await(part)
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(last()).startsWith("failed: ").contains(part));
  }

  void stop() {
    on(
        promise -> {
          source.stop();
          promise.complete();
        });
  }

  @Override
  public void close() {
    stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    assertThat(elsewhere).as("answers on other threads").isEmpty();
  }
}
