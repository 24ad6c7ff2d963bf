package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the control interface says of clients that a listener refuses, and how it changes that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BALANCER =
      """
      {"listener": {"allow": ["10.0.0.0/8", "192.0.2.7"], "deny": ["10.1.0.0/16"],
                    "per_client": {"max_connections": 3, "prefix4": 24}}}
      """;

  private Testbed bed;

  @BeforeAll
  void start() throws ConfigException {
    bed = Testbed.start(TestbedPlan.of(2).withBalancer(new JsonObject(BALANCER)));
  }

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void explainSaysWhichNetworkDecides() {
    JsonObject denied = explain("10.1.2.3");
    assertThat(denied.getString("rejected")).isEqualTo("denied");
    assertThat(denied.getString("why")).isEqualTo("10.1.0.0/16 is denied");
    assertThat(denied.getString("network")).isEqualTo("10.1.0.0/16");
    assertThat(denied.getString("backend")).isNull();
    assertThat(denied.getJsonArray("candidates")).isEmpty();

    JsonObject unknown = explain("198.51.100.1");
    assertThat(unknown.getString("rejected")).isEqualTo("denied");
    assertThat(unknown.getString("why")).isEqualTo("in no network that is allowed");
    assertThat(unknown.getString("network")).isNull();

    JsonObject allowed = explain("::ffff:10.2.0.1");
    assertThat(allowed.getString("rejected")).isNull();
    assertThat(allowed.getString("why")).isNull();
    assertThat(allowed.getString("network")).isEqualTo("10.0.0.0/8");
    assertThat(allowed.getString("backend")).isNotNull();
  }

  @Test
  void theStatusShowsWhoWasRefused() throws IOException {
    for (int i = 0; i < 3; i++) {
      refused();
    }
    bed.await(SOON, figures -> !listener().getJsonArray("refused_networks").isEmpty());
    assertThat(listener().getJsonArray("refused_networks").getJsonObject(0).getString("network"))
        .isEqualTo("127.0.0.0/24");
    assertThat(listener().getJsonObject("rejected_by").getLong("denied")).isGreaterThanOrEqualTo(3);
    assertThat(listener().getString("access_error")).isNull();
  }

  @Test
  void aListenerIsAddedWithLimits() {
    bed.command(
        new JsonObject(
            """
            {"command": "listener.add", "name": "strict", "address": "127.0.0.1:0",
             "deny": ["127.0.0.0/8"], "max_connections": 7, "rate": "10/s",
             "per_client": {"rate": "1/s"}}
            """));
    assertThat(explain("127.0.0.1&listener=strict").getString("rejected")).isEqualTo("denied");
    String toml = Asked.of(bed.adminAddress(), "GET", "config").body().getString("toml");
    assertThat(toml).contains("deny = [\"127.0.0.0/8\"]", "max_connections = 7", "rate = \"10/s\"");
    JsonObject broken =
        new JsonObject()
            .put("command", "listener.add")
            .put("name", "broken")
            .put("address", "127.0.0.1:0")
            .put("deny_file", "no/such/file");
    assertThatThrownBy(() -> bed.command(broken))
        .hasMessage("listener 'broken': deny_file: no/such/file: no such file");
  }

  private void refused() throws IOException {
    try (Socket socket = new Socket(bed.address().host(), bed.address().port())) {
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private JsonObject listener() {
    return bed.status().getJsonArray("listeners").getJsonObject(0);
  }

  private JsonObject explain(String client) {
    String listener = client.contains("&") ? "" : "&listener=default";
    Asked asked = Asked.of(bed.adminAddress(), "GET", "explain?client=" + client + listener);
    assertThat(asked.status()).isEqualTo(200);
    return asked.body();
  }
}
