package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.control.CommandException;
import io.loble.control.Reason;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aDefectIsToldInGeneralTerms() {
    HttpResponse<String> response = answerOf(new IllegalStateException("the secret inside"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(Web.header(response, "content-type")).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(response.body())
        .isEqualTo(
            """
            {"type":"about:blank","title":"Internal Server Error","status":500,\
            "detail":"an internal error, described in the log"}""");
  }

  @Test
  void aRefusedCommandIsToldWithItsStatusAndReason() {
    HttpResponse<String> response = answerOf(CommandException.conflict("it is there already"));

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(Web.json(response).getString("title")).isEqualTo("Conflict");
    assertThat(Web.json(response).getString("detail")).isEqualTo("it is there already");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "NOT_FOUND, 404",
    "CONFLICT, 409",
    "INVALID_CONFIG, 422",
    "UNAVAILABLE, 503",
    "UNSUPPORTED, 501"
  })
  void everyReasonHasItsStatus(Reason reason, int status) {
    assertThat(answerOf(CommandException.of(reason, "why")).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Host: x:y\r\n"})
  void aRequestWithoutAUsableHostIsTheClientsFault(String host) {
    Router router = Problems.reportedBy(Router.router(vertx));
    HttpEndpoint endpoint =
        HttpEndpoint.open(
                vertx, "key", new HostPort("127.0.0.1", 0), new ConnectionLimits(vertx), router)
            .await();

    String request = "GET /x HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
    assertThat(RawHttp.send(endpoint.address(), request)).startsWith("HTTP/1.1 400 ");
  }

  private HttpResponse<String> answerOf(RuntimeException thrown) {
    Router router = Problems.reportedBy(Router.router(vertx));
    Resource.mount(
        router,
        "/x",
        Map.of(
            HttpMethod.GET,
            ctx -> {
              throw thrown;
            }));
    HttpEndpoint endpoint =
        HttpEndpoint.open(
                vertx, "key", new HostPort("127.0.0.1", 0), new ConnectionLimits(vertx), router)
            .await();
    return Web.get(endpoint.address(), "/x");
  }
}
