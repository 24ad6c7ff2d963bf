package io.loble.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The two ways to give commands to a balancer in this process. */
final class Faces {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Vertx vertx;
  private final int adminPort;

  Faces(Vertx vertx, int adminPort) {
    this.vertx = vertx;
    this.adminPort = adminPort;
  }

  Answer overBus(Call call) {
    return overBus(call.message(), call.success());
  }

  /**
   * @param success the status of what is carried out, which the bus does not tell
   */
  Answer overBus(Object message, int success) {
    try {
      Object reply = vertx.eventBus().request("loble.admin", message).await().body();
      return new Answer(success, (JsonObject) reply);
    } catch (ReplyException e) {
      return new Answer(e.failureCode(), new JsonObject().put("detail", e.getMessage()));
    }
  }

  Answer overHttp(Call call) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + call.target()))
            .timeout(Duration.ofSeconds(30))
            .method(call.method(), BodyPublishers.ofString(call.body()))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      Object body = Json.decodeValue(response.body());
      return new Answer(
          response.statusCode(),
          body instanceof JsonObject object ? object : new JsonObject().put("items", body));
    } catch (IOException e) {
      throw new AssertionError(call.method() + ' ' + call.target(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
