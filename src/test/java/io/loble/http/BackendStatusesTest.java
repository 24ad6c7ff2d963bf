package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.BackendState;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that answer, and whose statuses say that they do badly. */
class BackendStatusesTest {

  private static final String EJECTION =
      """
      [pools.web.ejection]
      enabled = true
      consecutive_failures = 3
      base_time = "5m"
      """;

  private static Origin answering(int status) throws IOException {
    return Origin.answering(
        request -> "HTTP/1.1 " + status + " So\r\nContent-Length: 3\r\n\r\nbad");
  }

  private static HttpBalancer balancer(Origin bad, Origin good) throws IOException {
    return HttpBalancer.start(
        HttpConf.to(bad, good).pool("http = { fail_on = [500, 503] }").tables(EJECTION), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void oneThatAnswersByStatusesOfFailOnIsEjected(int status) throws IOException {
    try (Origin bad = answering(status);
        Origin good = Origin.named("good");
        HttpBalancer balancer = balancer(bad, good)) {
      for (int i = 0; i < 3; i++) {
        // Round robin: clients get what the backend says, and nothing is asked twice.
        assertThat(balancer.get("/").status()).isEqualTo(status);
        assertThat(balancer.get("/").body()).isEqualTo("good");
      }
      await()
          .atMost(20, SECONDS)
          .until(() -> balancer.backend("a").state() == BackendState.EJECTED);
      for (int i = 0; i < 10; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("good");
      }
      assertThat(bad.requests()).hasSize(3);
      assertThat(balancer.backend("b").state()).isEqualTo(BackendState.HEALTHY);
      assertThat(balancer.backend("a").stats().requests().total(5)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 502})
  void otherStatusesAreSuccesses(int status) throws IOException {
    try (Origin odd = answering(status);
        Origin good = Origin.named("good");
        HttpBalancer balancer = balancer(odd, good)) {
      for (int i = 0; i < 10; i++) {
        assertThat(balancer.get("/").status()).isEqualTo(status);
        assertThat(balancer.get("/").body()).isEqualTo("good");
      }
      assertThat(balancer.backend("a").state()).isEqualTo(BackendState.HEALTHY);
    }
  }

  @Test
  void onlyFailuresInARowCount() throws IOException {
    int[] asked = {0};
    try (Origin moody =
            Origin.answering(
                request ->
                    ++asked[0] % 3 == 0
                        ? Origin.ok("for once")
                        : "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        Origin good = Origin.named("good");
        HttpBalancer balancer = balancer(moody, good)) {
      for (int i = 1; i <= 12; i++) {
        assertThat(balancer.get("/").status()).isEqualTo(i % 3 == 0 ? 200 : 503);
        assertThat(balancer.get("/").body()).isEqualTo("good");
      }
      assertThat(balancer.backend("a").state()).isEqualTo(BackendState.HEALTHY);
    }
  }
}
