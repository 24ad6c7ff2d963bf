package io.loble.ctl;

import io.loble.config.Durations;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The control interface of one balancer. */
final class AdminClient {

  private final URI admin;
  private final HttpClient http;
  private final Optional<String> token;
  private final Duration timeout;

  /**
   * @param timeout of a whole request; of a stream, until it begins
   */
  AdminClient(URI admin, HttpClient http, Optional<String> token, Duration timeout) {
    this.admin = admin;
    this.http = http;
    this.token = token;
    this.timeout = timeout;
  }

  /** Asks for an object. */
  JsonObject object(Request request) throws CtlException {
    return answer(request, JsonObject.class);
  }

  /** Asks for an array. */
  JsonArray array(Request request) throws CtlException {
    return answer(request, JsonArray.class);
  }

  /** Asks for lines, which are read as they come. To be closed. */
  Stream<String> lines(Request request) throws CtlException {
    HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
    if (!isSuccess(response)) {
      try (Stream<String> body = response.body()) {
        throw refusal(response.statusCode(), body.collect(Collectors.joining("\n")));
      }
    }
    return response.body();
  }

  /** For whatever came that no balancer says. */
  CtlException strange() {
    return CtlException.failed(
        admin + " gave an answer that is none of Loble's; is this its [admin] address?");
  }

  @Override
  public String toString() {
    return admin.toString();
  }

  private <T> T answer(Request request, Class<T> type) throws CtlException {
    HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
    if (!isSuccess(response)) {
      throw refusal(response.statusCode(), response.body());
    }
    try {
      return type.cast(Json.decodeValue(response.body()));
    } catch (DecodeException | ClassCastException e) {
      throw strange();
    }
  }

  private CtlException refusal(int status, String body) {
    return Refusal.of(admin.toString(), status, body);
  }

  private <T> HttpResponse<T> exchange(Request request, BodyHandler<T> handler)
      throws CtlException {
    HttpRequest.Builder message = request.to(admin);
    token.ifPresent(secret -> message.header("Authorization", "Bearer " + secret));
    CompletableFuture<HttpResponse<T>> response = http.sendAsync(message.build(), handler);
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new AwayException(admin + " has not answered within " + Durations.format(timeout));
    } catch (ExecutionException e) {
      throw new AwayException(Unreachable.text(admin, e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CtlException.failed("interrupted");
    }
  }

  private static boolean isSuccess(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }
}
