package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The admin interface of a running balancer, over HTTP. */
public final class Admin {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String address;

  /** Of the balancer whose admin interface is at {@code host:port}. */
  public Admin(String address) {
    this.address = address;
  }

  String address() {
    return address;
  }

  /** What it answers to a GET of a path, be it an error. */
  public HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  /** Sends a command, and fails unless it is answered with that status. */
  JsonObject command(int expected, String method, String path, String body) {
    HttpResponse<String> response = send(method, "/api/v1/" + path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return new JsonObject(response.body());
  }

  HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(Duration.ofSeconds(Program.PATIENCE_SECONDS))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonObject status() {
    return new JsonObject(get("/api/v1/status").body());
  }

  /** What the status says of a backend, in whichever pool it is. */
  JsonObject backend(String name) {
    for (Object pool : status().getJsonArray("pools")) {
      for (Object backend : ((JsonObject) pool).getJsonArray("backends")) {
        if (((JsonObject) backend).getString("name").equals(name)) {
          return (JsonObject) backend;
        }
      }
    }
    throw new AssertionError("no backend " + name + " in " + status().encodePrettily());
  }

  /** Whether there is a backend of that name, be it one that is leaving. */
  boolean hasBackend(String name) {
    return status().getJsonArray("pools").stream()
        .flatMap(pool -> ((JsonObject) pool).getJsonArray("backends").stream())
        .anyMatch(backend -> ((JsonObject) backend).getString("name").equals(name));
  }

  String state(String backend) {
    return backend(backend).getString("state");
  }

  /** Connections that a backend was given since the start. */
  long total(String backend) {
    return backend(backend).getLong("total");
  }

  /** Connections that are open, at listeners and at backends. */
  int active() {
    JsonObject status = status();
    int sum = active(status.getJsonArray("listeners"));
    for (Object pool : status.getJsonArray("pools")) {
      sum += active(((JsonObject) pool).getJsonArray("backends"));
    }
    return sum;
  }

  private static int active(JsonArray counted) {
    return counted.stream().mapToInt(one -> ((JsonObject) one).getInteger("active")).sum();
  }
}
