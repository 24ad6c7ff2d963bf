package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.config.AdminConfig;
import io.loble.config.AdminTls;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens change on disk while the server runs. */
class FollowedTokenTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final LogLines log = new LogLines(FileWatch.class);

  @AfterEach
  void close() {
    log.close();
    vertx.close().await();
  }

  @Test
  void aNewTokenTakesThePlaceOfTheOldOne() throws IOException {
    AdminServer server = started(file("full", "one"), file("look", "two"));

    file("full", "three\n");
    file("look", "four\n");

    awaitStatus(server, "three", 200);
    awaitStatus(server, "four", 200);
    assertThat(status(server, "one")).isEqualTo(401);
    assertThat(status(server, "two")).isEqualTo(401);
    assertThat(log.of(Level.INFO))
        .containsExactlyInAnyOrder(
            "admin.token_file "
                + directory.resolve("full")
                + " has changed; the new contents are in use",
            "admin.readonly_token_file "
                + directory.resolve("look")
                + " has changed; the new contents are in use");
  }

  /** This is how Kubernetes changes a mounted secret. */
  @Test
  void soDoesOneThatALinkIsTurnedTo() throws IOException {
    Files.createDirectory(directory.resolve("v1"));
    Files.createDirectory(directory.resolve("v2"));
    file("v1/token", "one");
    file("v2/token", "two");
    Path data = Files.createSymbolicLink(directory.resolve("data"), Path.of("v1"));
    Path token = Files.createSymbolicLink(directory.resolve("token"), Path.of("data/token"));
    AdminServer server = started(token, Path.of(""));
    assertThat(status(server, "one")).isEqualTo(200);

    Path turned = Files.createSymbolicLink(directory.resolve("turned"), Path.of("v2"));
    Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);

    awaitStatus(server, "two", 200);
    assertThat(status(server, "one")).isEqualTo(401);
  }

  @Test
  void theOneBeforeStaysWhileTheFileCannotBeUsed() throws IOException {
    Path token = file("full", "one");
    AdminServer server = started(token, Path.of(""));

    Files.delete(token);
    awaitErrors(1);
    assertThat(status(server, "one")).isEqualTo(200);
    file("full", " \n");
    awaitErrors(2);
    assertThat(status(server, "one")).isEqualTo(200);
    assertThat(status(server, "")).isEqualTo(401);
    file("full", "two");
    awaitStatus(server, "two", 200);

    assertThat(log.of(Level.ERROR))
        .containsExactly(
            "admin.token_file " + token + ": no such file; the previous contents stay in use",
            "admin.token_file " + token + ": holds no token; the previous contents stay in use");
    assertThat(log.of(Level.INFO)).hasSize(1);
  }

  @Test
  void aFileThatComesBackAndGoesAgainIsReportedAgain() throws IOException {
    Path token = file("full", "one");
    started(token, Path.of(""));

    Files.delete(token);
    awaitErrors(1);
    file("full", "two");
    await().atMost(10, SECONDS).until(() -> log.of(Level.INFO).size() == 1);
    Files.delete(token);
    awaitErrors(2);
  }

  @Test
  void aServerThatIsStoppedLooksNoMore() throws IOException {
    Path stoppedFile = file("stopped", "one");
    Path runningFile = file("running", "one");
    AdminServer stopped = started(stoppedFile, Path.of(""));
    started(runningFile, Path.of(""));

    stopped.stop().await();
    Files.delete(stoppedFile);
    file("running", "two");
    await().atMost(10, SECONDS).until(() -> log.of(Level.INFO).size() == 1);
    file("running", "three");
    await().atMost(10, SECONDS).until(() -> log.of(Level.INFO).size() == 2);

    assertThat(log.of(Level.ERROR)).isEmpty();
  }

  private AdminServer started(Path full, Path look) {
    AdminConfig admin = new AdminConfig(ANY, full.toString(), look.toString(), AdminTls.OFF);
    AdminServer server = Admins.server(vertx, "lb", admin, new MetricsConfig(true, ANY));
    server.start().await();
    return server;
  }

  private Path file(String name, String content) throws IOException {
    // In one step, so that nobody reads the half of it.
    Path written = Files.writeString(directory.resolve(name + ".new"), content);
    return Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitErrors(int count) {
    await().atMost(10, SECONDS).until(() -> log.of(Level.ERROR).size() >= count);
  }

  private static void awaitStatus(AdminServer server, String token, int expected) {
    await().atMost(10, SECONDS).until(() -> status(server, token) == expected);
  }

  private static int status(AdminServer server, String token) {
    return Web.get(server.address(), "/api/v1/status", "Authorization", "Bearer " + token)
        .statusCode();
  }
}
