package io.loble.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.BackendConfig;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of targets is followed: what it says is found, and what cannot be used changes nothing.
 */
class FileSourceTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int REWRITES = 1_000;

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final List<Context> contexts = new CopyOnWriteArrayList<>();
  private Path file = Path.of("");
  private FileSource source = new FileSource(vertx, file);

  @BeforeEach
  void name() {
    file = directory.resolve("targets.json");
    source = new FileSource(vertx, file);
  }

  @AfterEach
  void close() {
    context.runOnContext(now -> source.stop());
    vertx.close().await();
  }

  @Test
  void what_a_file_says_is_found_and_so_is_what_it_says_later() throws IOException {
    put("[{\"address\": \"10.0.0.1:80\"}]");
    start();
    awaitFound("10.0.0.1:80");
    put("[{\"targets\": [\"10.0.0.2:80\", \"10.0.0.1:80\"]}]");
    awaitFound("10.0.0.2:80", "10.0.0.1:80");
    put("[]");
    awaitFound();
    assertThat(answers).hasSize(3);
    assertThat(contexts).containsOnly(context);
  }

  @Test
  void a_file_that_is_not_there_is_told_at_once_and_found_when_it_comes() throws IOException {
    start();
    awaitLast(new Answer.NotFound(file + ": no such file"));
    put("[{\"address\": \"10.0.0.1:80\"}]");
    awaitFound("10.0.0.1:80");
    Files.delete(file);
    awaitLast(new Answer.NotFound(file + ": no such file"));
    put("[{\"address\": \"10.0.0.1:80\"}]");
    awaitFound("10.0.0.1:80");
    assertThat(answers).hasSize(4);
  }

  @Test
  void what_is_of_no_use_is_told_once_and_forgotten_when_it_is_right_again() throws IOException {
    put("[{\"address\": \"10.0.0.1:80\"}]");
    start();
    awaitFound("10.0.0.1:80");
    put("[{\"address\": \"10.0.0.2:80\", \"weight\": -1}]");
    String why = file + ": [0].weight: expected an integer from 0 to 256, found -1";
    awaitLast(new Answer.Failed(why));
    put("[{\"address\": \"10.0.0.1:80\"}]");
    awaitFound("10.0.0.1:80");
    assertThat(answers).hasSize(3);
  }

  @Test
  void a_directory_in_its_place_is_no_file() throws IOException {
    Files.createDirectory(file);
    start();
    awaitLast(new Answer.Failed(file + ": cannot be read: is a directory, not a file"));
    Files.delete(file);
    put("[]");
    awaitFound();
  }

  @Test
  void a_file_that_is_half_written_for_a_moment_changes_nothing() throws IOException {
    source = new FileSource(vertx, file, Integer.MAX_VALUE);
    put("[{\"address\": \"10.0.0.1:80\"}]");
    start();
    awaitFound("10.0.0.1:80");
    Files.writeString(file, "[{\"address\": \"10.0.0.2:80\"}, {\"addr");
    awaitLooks();
    Files.writeString(file, "[{\"address\": \"10.0.0.2:80\"}, {\"address\": \"10.0.0.3:80\"}]");
    awaitFound("10.0.0.2:80", "10.0.0.3:80");
    assertThat(answers).hasSize(2).allMatch(Answer.Backends.class::isInstance);
  }

  @Test
  void a_file_that_stays_half_written_is_told_of() throws IOException {
    put("[{\"address\": \"10.0.0.1:80\"}]");
    start();
    awaitFound("10.0.0.1:80");
    Files.writeString(file, "[{\"address\": \"10.0.0.2:80\"},\n {\"addr");
    awaitLast(new Answer.Failed(file + ": ends too early, at line 2, column 8"));
    assertThat(answers).hasSize(2);
  }

  @Test
  void links_are_followed_as_kubernetes_exchanges_them() throws IOException {
    Path one = Files.createDirectory(directory.resolve("..one"));
    Path two = Files.createDirectory(directory.resolve("..two"));
    Files.writeString(one.resolve("targets.json"), "[{\"address\": \"10.0.0.1:80\"}]");
    Files.writeString(two.resolve("targets.json"), "[{\"address\": \"10.0.0.2:80\"}]");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(file, Path.of("..data", "targets.json"));
    start();
    awaitFound("10.0.0.1:80");
    Path next = Files.createSymbolicLink(directory.resolve("..next"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    awaitFound("10.0.0.2:80");
    assertThat(answers).hasSize(2);
  }

  @Test
  void a_file_that_is_renamed_into_place_a_thousand_times_is_whole_at_every_look()
      throws IOException {
    rewritten(this::put);
  }

  @Test
  void a_file_that_is_written_in_place_a_thousand_times_is_whole_or_as_before() throws IOException {
    rewritten(text -> Files.writeString(file, text));
  }

  @Test
  void nothing_is_said_after_the_end() throws IOException {
    put("[]");
    start();
    awaitFound();
    Future.<Void>future(
            ended ->
                context.runOnContext(
                    now -> {
                      source.stop();
                      ended.complete();
                    }))
        .await();
    put("[{\"address\": \"10.0.0.1:80\"}]");
    FileSource other = new FileSource(vertx, file);
    List<Answer> others = new CopyOnWriteArrayList<>();
    context.runOnContext(now -> other.start(others::add));
    await().atMost(LONG).until(() -> !others.isEmpty());
    put("[{\"address\": \"10.0.0.2:80\"}]");
    await().atMost(LONG).until(() -> others.size() == 2);
    context.runOnContext(now -> other.stop());
    assertThat(answers).hasSize(1);
  }

  private interface Writer {
    void write(String text) throws IOException;
  }

  /** The nth writing has n % 50 + 1 backends, each of weight n % 256. */
  private void rewritten(Writer writer) throws IOException {
    writer.write(targets(0));
    start();
    await().atMost(LONG).until(() -> !answers.isEmpty());
    for (int i = 1; i <= REWRITES; i++) {
      writer.write(targets(i));
      if (i % 200 == 0) {
        awaitLooks();
      }
    }
    await()
        .atMost(LONG)
        .until(
            () -> last() instanceof Answer.Backends all && all.backends().equals(list(REWRITES)));
    assertThat(answers.size()).isGreaterThan(3);
    assertThat(answers).allSatisfy(FileSourceTest::isOfOneWriting);
  }

  private static void isOfOneWriting(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Backends.class);
    List<BackendConfig> backends = ((Answer.Backends) answer).backends();
    assertThat(backends).isNotEmpty();
    assertThat(backends.stream().map(BackendConfig::weight).distinct()).hasSize(1);
    assertThat(IntStream.rangeClosed(0, REWRITES).mapToObj(FileSourceTest::list))
        .contains(backends);
  }

  private static String targets(int writing) {
    return list(writing).stream()
        .map(b -> "{\"address\": \"%s\", \"weight\": %d}".formatted(b.address(), b.weight()))
        .collect(Collectors.joining(",\n", "[", "]\n"));
  }

  private static List<BackendConfig> list(int writing) {
    return IntStream.rangeClosed(0, writing % 50)
        .mapToObj(i -> backend("10.0.0." + i + ":80", writing % 256))
        .toList();
  }

  private static BackendConfig backend(String address, int weight) {
    HostPort target = HostPort.parse(address).orElseThrow();
    return new BackendConfig(address, target, weight, 0, 0, BackendMode.READY);
  }

  private void start() {
    context.runOnContext(
        now ->
            source.start(
                answer -> {
                  contexts.add(vertx.getOrCreateContext());
                  answers.add(answer);
                }));
  }

  private void put(String text) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Until one that has begun now has looked twice, and the other one at least once. */
  private void awaitLooks() throws IOException {
    List<Answer> others = new CopyOnWriteArrayList<>();
    Path probe = directory.resolve("probe");
    FileSource other = new FileSource(vertx, probe);
    context.runOnContext(now -> other.start(others::add));
    await().atMost(LONG).until(() -> !others.isEmpty());
    Files.writeString(probe, "[]");
    await().atMost(LONG).until(() -> others.size() > 1);
    context.runOnContext(now -> other.stop());
    Files.delete(probe);
  }

  private void awaitFound(String... addresses) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(last()).isInstanceOf(Answer.Backends.class);
              assertThat(((Answer.Backends) last()).backends())
                  .extracting(backend -> backend.address().toString())
                  .containsExactly(addresses);
            });
  }

  private void awaitLast(Answer answer) {
    await().atMost(LONG).untilAsserted(() -> assertThat(last()).isEqualTo(answer));
  }

  private Answer last() {
    assertThat(answers).isNotEmpty();
    return answers.get(answers.size() - 1);
  }
}
