package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of calls, and their description: both come from the table that requests are routed by.
 */
class ApiRoutesTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everyCallThatIsListedIsThere() {
    HostPort server = started("");
    for (Object each : Web.json(Web.get(server, "/api/v1/")).getJsonArray("calls")) {
      JsonObject call = (JsonObject) each;
      String path = call.getString("path").replaceAll("\\{\\w+}", "x");

      HttpResponse<String> other = Web.send("OPTIONS", server, path);

      assertThat(other.statusCode()).as(path).isEqualTo(405);
      assertThat(Web.header(other, "allow").split(", ", -1)).contains(call.getString("method"));
    }
  }

  @Test
  void bothAreAsGuardedAsTheRest() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    HostPort server = started(token.toString());

    for (String path : List.of("/api/v1/", "/api/v1/openapi.json")) {
      assertThat(Web.get(server, path).statusCode()).isEqualTo(401);
      HttpResponse<String> allowed = Web.get(server, path, "Authorization", "Bearer s3cret");
      assertThat(allowed.statusCode()).as(allowed.body()).isEqualTo(200);
      assertThat(Web.header(allowed, "content-type")).isEqualTo("application/json");
    }
  }

  @Test
  void aCallThatIsNotDescribedIsAnError() {
    List<ApiRoute> routes = new ArrayList<>();
    routes.add(new ApiRoute(HttpMethod.GET, "/api/v1/new", "new", "Is new.", ctx -> {}));

    assertThatThrownBy(() -> OpenApi.of(routes)).hasMessageContaining("says nothing of new");
    assertThatThrownBy(() -> OpenApi.of(List.of())).hasMessageContaining("no route is called");
  }

  private HostPort started(String tokenFile) {
    AdminServer server =
        Admins.server(vertx, "lb", new AdminConfig(ANY, tokenFile), new MetricsConfig(true, ANY));
    server.start().await();
    return server.address();
  }
}
