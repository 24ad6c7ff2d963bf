package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which headers go on, which end here, and which are added. */
class ForwardedHeadersTest {

  private static final String[] CLAIMS = {
    "X-Forwarded-For: 203.0.113.1",
    "X-Forwarded-For: 203.0.113.2",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: shop.example",
    "X-Forwarded-Port: 444",
    "Forwarded: for=203.0.113.1;proto=https",
    "X-Real-IP: 203.0.113.1"
  };

  private static final String[] HOPS = {
    "Connection: X-Hop, keep-alive",
    "X-Hop: 1",
    "Keep-Alive: timeout=5",
    "Proxy-Connection: keep-alive",
    "TE: trailers",
    "Trailer: X-Sum",
    "Proxy-Authorization: Basic eDp5",
    "X-End: 1",
    "Authorization: Basic eDp5"
  };

  private final Origin origin;

  ForwardedHeadersTest() throws IOException {
    origin =
        Origin.answering(
            request ->
                Origin.ok(
                    "",
                    "Connection: X-Hop, keep-alive",
                    "X-Hop: 1",
                    "Keep-Alive: timeout=5",
                    "Proxy-Authenticate: Basic",
                    "Upgrade: h2c",
                    "X-End: 1",
                    "Set-Cookie: a=b",
                    "Set-Cookie: c=d"));
  }

  @AfterEach
  void close() throws IOException {
    origin.close();
  }

  private HttpBalancer balancer(String keys) throws IOException {
    return HttpBalancer.start(HttpConf.to(origin).listener(keys));
  }

  @Test
  void headersOfOneHopEndHere() throws IOException {
    try (HttpBalancer balancer = balancer("")) {
      Message answer = balancer.get("/", HOPS);
      Message seen = origin.last();
      for (String name :
          new String[] {
            "connection",
            "x-hop",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "proxy-authorization"
          }) {
        assertThat(seen.all(name)).as(name).isEmpty();
      }
      assertThat(seen.all("x-end")).containsExactly("1");
      assertThat(seen.all("authorization")).containsExactly("Basic eDp5");
      for (String name :
          new String[] {"x-hop", "keep-alive", "proxy-authenticate", "upgrade", "connection"}) {
        assertThat(answer.all(name)).as(name).isEmpty();
      }
      assertThat(answer.all("x-end")).containsExactly("1");
      assertThat(answer.all("set-cookie")).containsExactly("a=b", "c=d");
      balancer.awaitNothing();
    }
  }

  @Test
  void whatAClientClaimsOfOthersIsDropped() throws IOException {
    try (HttpBalancer balancer = balancer("")) {
      balancer.get("/", CLAIMS);
      Message seen = origin.last();
      assertThat(seen.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(seen.all("x-forwarded-proto")).containsExactly("http");
      assertThat(seen.all("x-forwarded-host")).containsExactly("a");
      assertThat(seen.all("x-forwarded-port")).isEmpty();
      assertThat(seen.all("x-real-ip")).isEmpty();
      assertThat(seen.all("forwarded")).containsExactly("for=127.0.0.1;proto=http;host=\"a\"");
    }
  }

  @Test
  void whatAnotherProxyClaimsIsPassedOnWhereItIsTrusted() throws IOException {
    try (HttpBalancer balancer = balancer("trusted_proxies = [\"127.0.0.0/8\"]")) {
      balancer.get("/", CLAIMS);
      Message seen = origin.last();
      assertThat(seen.all("x-forwarded-for"))
          .containsExactly("203.0.113.1, 203.0.113.2, 127.0.0.1");
      assertThat(seen.all("x-forwarded-proto")).containsExactly("https");
      assertThat(seen.all("x-forwarded-host")).containsExactly("shop.example");
      assertThat(seen.all("x-forwarded-port")).containsExactly("444");
      assertThat(seen.all("x-real-ip")).containsExactly("203.0.113.1");
      assertThat(seen.all("forwarded"))
          .containsExactly("for=203.0.113.1;proto=https, for=127.0.0.1;proto=http;host=\"a\"");
    }
  }

  @Test
  void aTrustedProxyThatClaimsNothingIsTheClient() throws IOException {
    try (HttpBalancer balancer = balancer("trusted_proxies = [\"127.0.0.1\"]")) {
      balancer.get("/");
      Message seen = origin.last();
      assertThat(seen.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(seen.all("x-forwarded-proto")).containsExactly("http");
      assertThat(seen.all("x-forwarded-host")).containsExactly("a");
    }
  }

  @Test
  void noHeaderThatAClientNamesTakesAwayWhatIsSaidOfIt() throws IOException {
    try (HttpBalancer balancer = balancer("")) {
      balancer.get("/", "Connection: X-Forwarded-For, Forwarded, Cookie", "Cookie: a=b");
      Message seen = origin.last();
      assertThat(seen.all("x-forwarded-for")).containsExactly("127.0.0.1");
      assertThat(seen.all("forwarded")).hasSize(1);
      assertThat(seen.all("cookie")).isEmpty();
    }
  }

  @Test
  void aProxyHeaderNamesTheClient() throws IOException {
    try (HttpBalancer balancer = balancer("accept_proxy = \"required\"")) {
      Message answer =
          balancer.ask(
              "PROXY TCP4 198.51.100.7 198.51.100.8 4711 80\r\n"
                  + RawClient.request("GET", "/", "", CLAIMS));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(origin.last().all("x-forwarded-for")).containsExactly("198.51.100.7");
    }
  }
}
