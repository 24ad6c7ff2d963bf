package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.control.ProcessStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with backends that a pool has found, and what they are told of them. */
class FoundCommandsTest {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [listener]
      address = "127.0.0.1:0"
      [pools.default.discover]
      dns = "db.test.:5432"
      servers = ["127.0.0.1:%d"]
      min_ttl = "100ms"
      max_ttl = "100ms"
      """;

  private static final String FIRST = "127.0.0.1:5432";
  private static final String SECOND = "127.0.0.2:5432";

  private NameServer names;
  private InProcess balancer;
  private Admin admin;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    names = NameServer.start("127.0.0.1", "127.0.0.2");
    Path file = Files.writeString(directory.resolve("loble.toml"), FILE.formatted(names.port()));
    balancer = InProcess.start(file, "1h");
    admin = new Admin(ProcessStatus.of(balancer.vertx()).adminAddress().toString());
    await().until(() -> admin.hasBackend(FIRST) && admin.hasBackend(SECOND));
  }

  @AfterEach
  void stop() {
    balancer.close();
    names.close();
  }

  @Test
  void theStatusSaysWhatFindsThem() {
    JsonObject source = source();
    assertThat(source.getString("source")).isEqualTo("dns");
    assertThat(source.getString("of")).isEqualTo("db.test.:5432");
    assertThat(source.getString("state")).isEqualTo("ok");
    assertThat(source.getInteger("backends")).isEqualTo(2);
    assertThat(admin.backend(FIRST).getString("source")).isEqualTo("dns");
    assertThat(admin.get("/metrics").body())
        .contains("loble_discovery_backends{pool=\"default\",source=\"dns\"} 2.0");
  }

  @Test
  void whatIsSetOfOneHoldsWhateverIsFoundLater() throws IOException {
    update(FIRST, "{\"weight\":7,\"state\":\"drain\"}");
    awaitAnswers(3);
    assertSet(7, "drain");

    names.move("127.0.0.2");
    await().until(() -> !isThere(FIRST));
    names.move("127.0.0.1");
    await().until(() -> isThere(FIRST));
    assertSet(7, "drain");
    assertThat(differences()).isNotEmpty();

    update(FIRST, "{\"weight\":null,\"state\":\"ready\"}");
    assertSet(1, "ready");
    assertThat(differences()).isEmpty();
  }

  @Test
  void whatIsSetIsAVersionThatCanBeTakenBack() {
    update(FIRST, "{\"weight\":0}");
    assertSet(0, "ready");
    admin.command(200, "POST", "config/rollback", "{}");
    assertSet(1, "ready");
  }

  @Test
  void oneCannotBeRemovedWhereItIsNotNamed() {
    HttpResponse<String> refused = admin.send("DELETE", path(FIRST), "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(refused.body()).getString("detail"))
        .startsWith("backend " + FIRST + " of pool default was found by dns");
    assertThat(isThere(FIRST)).isTrue();
  }

  @Test
  void whatTheConfigurationNamesComesFirst() {
    admin.command(
        201, "POST", "pools/default/backends", "{\"address\":\"" + FIRST + "\",\"weight\":3}");
    assertThat(admin.backend(FIRST).getString("source")).isEqualTo("configuration");
    awaitAnswers(3);
    assertSet(3, "ready");
    assertThat(backends().size()).isEqualTo(2);

    admin.command(202, "DELETE", "pools/default/backends/" + FIRST, "");
    await().until(() -> admin.backend(FIRST).getString("source").equals("dns"));
    assertSet(1, "ready");
  }

  @Test
  void aWrongSettingIsRefused() {
    HttpResponse<String> refused = admin.send("PATCH", path(FIRST), "{\"weight\":257}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("weight");
    assertThat(admin.send("PATCH", path("127.0.0.9:1"), "{\"weight\":1}").statusCode())
        .isEqualTo(404);
  }

  private void update(String name, String changes) {
    admin.command(200, "PATCH", "pools/default/backends/" + name, changes);
  }

  private void assertSet(int weight, String mode) {
    JsonObject backend = admin.backend(FIRST);
    assertThat(backend.getInteger("weight")).isEqualTo(weight);
    assertThat(backend.getString("mode")).isEqualTo(mode);
  }

  /** So many more answers of the source. */
  private void awaitAnswers(int more) {
    long before = answers();
    await().atMost(20, TimeUnit.SECONDS).until(() -> answers() >= before + more);
  }

  private long answers() {
    return source().getJsonObject("answers").getLong("ok");
  }

  private JsonObject source() {
    return pool().getJsonArray("discovery").getJsonObject(0);
  }

  private JsonArray backends() {
    return pool().getJsonArray("backends");
  }

  private JsonArray differences() {
    return admin.status().getJsonObject("config").getJsonArray("differs");
  }

  private boolean isThere(String name) {
    return admin.hasBackend(name) && !admin.backend(name).getString("mode").equals("leaving");
  }

  private JsonObject pool() {
    return admin.status().getJsonArray("pools").getJsonObject(0);
  }

  private static String path(String backend) {
    return "/api/v1/pools/default/backends/" + backend;
  }
}
