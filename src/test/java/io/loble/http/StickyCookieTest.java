package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client comes back to the backend that it had. */
class StickyCookieTest {

  private final List<Origin> origins = new ArrayList<>();
  private HttpBalancer balancer;

  @BeforeEach
  void start() throws IOException {
    for (String name : new String[] {"a", "b", "c"}) {
      origins.add(Origin.named(name));
    }
    balancer =
        HttpBalancer.start(
            HttpConf.to(origins.toArray(Origin[]::new))
                .pool(
                    """
                    algorithm = "round_robin"
                    cookie = { name = "lb", secret = "0123456789abcdef", max_age = "1h" }
                    """));
  }

  @AfterEach
  void close() throws IOException {
    balancer.awaitNothing();
    balancer.close();
    for (Origin origin : origins) {
      origin.close();
    }
  }

  private static String value(Message answer) {
    String cookie = answer.field("set-cookie");
    if (cookie == null || !cookie.startsWith("lb=")) {
      throw new AssertionError("no cookie: " + cookie);
    }
    return cookie.substring(3, cookie.indexOf(';'));
  }

  @Test
  void aClientComesBack() throws IOException {
    Message first = balancer.get("/");
    assertThat(first.field("set-cookie"))
        .matches("lb=[\\w-]{22}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    String cookie = "Cookie: x=y; lb=" + value(first) + "; z=1";
    for (int i = 0; i < 12; i++) {
      Message again = balancer.get("/", cookie);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.has("set-cookie")).isFalse();
    }
  }

  @Test
  void everyBackendHasAValueOfItsOwnThatDoesNotNameIt() throws IOException {
    Set<String> values = new HashSet<>();
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Message answer = balancer.get("/");
      values.add(value(answer));
      bodies.add(answer.body());
    }
    assertThat(bodies).hasSize(3);
    assertThat(values).hasSize(3).doesNotContain("a", "b", "c");
  }

  @Test
  void aValueThatWasNotGivenIsIgnored() throws IOException {
    for (String forged :
        new String[] {"a", "0123456789abcdef", "", "\"", "AAAAAAAAAAAAAAAAAAAAAA"}) {
      Message answer = balancer.get("/", "Cookie: lb=" + forged);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(value(answer)).isNotEqualTo(forged);
    }
  }

  @Test
  void whoseBackendIsGoneGetsAnotherAndItsCookie() throws IOException {
    Message first = balancer.get("/");
    String cookie = "Cookie: lb=" + value(first);
    balancer.update(first.body(), "state", "drain");
    await()
        .untilAsserted(
            () -> {
              Message then = balancer.get("/", cookie);
              assertThat(then.body()).isNotEqualTo(first.body());
              assertThat(value(then)).isNotEqualTo(value(first));
            });
    Message then = balancer.get("/", cookie);
    Message back = balancer.get("/", "Cookie: lb=" + value(then));
    assertThat(back.body()).isEqualTo(then.body());
  }

  @Test
  void whoseBackendRefusesConnectionsGetsAnotherAndItsCookie() throws IOException {
    Message first = balancer.get("/");
    origins.get(first.body().charAt(0) - 'a').close();
    Message then = balancer.get("/", "Cookie: lb=" + value(first));
    assertThat(then.status()).isEqualTo(200);
    assertThat(then.body()).isNotEqualTo(first.body());
    assertThat(value(then)).isNotEqualTo(value(first));
  }
}
