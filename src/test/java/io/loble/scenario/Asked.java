package io.loble.scenario;

import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a balancer's HTTP interface has answered. */
record Asked(int status, JsonObject body) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * @param path below {@code /api/v1/}
   */
  static Asked of(HostPort admin, String method, String path) {
    URI uri = URI.create("http://" + admin + "/api/v1/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      return new Asked(response.statusCode(), new JsonObject(response.body()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
