package io.loble.ctl.client;

import io.loble.config.Durations;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The control interface of one balancer. */
public final class AdminClient {

  private final URI admin;
  private final Optional<SSLContext> tls;
  private final Optional<Token> token;
  private final Duration timeout;

  /**
   * @param tls for https
   * @param timeout of a whole request; of a stream, until it begins
   */
  public AdminClient(URI admin, Optional<SSLContext> tls, Optional<Token> token, Duration timeout) {
    this.admin = admin;
    this.tls = tls;
    this.token = token;
    this.timeout = timeout;
  }

  /** Asks for an object. */
  public JsonObject object(Request request) throws CtlException {
    return answer(request, JsonObject.class);
  }

  /** Asks for an array. */
  public JsonArray array(Request request) throws CtlException {
    return answer(request, JsonArray.class);
  }

  /** Asks for lines, which are read as they come. To be closed. */
  public Stream<String> lines(Request request) throws CtlException {
    try {
      Exchange exchange = exchange(request);
      return new BufferedReader(new InputStreamReader(exchange.stream(), StandardCharsets.UTF_8))
          .lines()
          .onClose(() -> close(exchange));
    } catch (IOException e) {
      throw away(e);
    }
  }

  /** For whatever came that no balancer says. */
  public CtlException strange() {
    return CtlException.failed(
        admin + " gave an answer that is none of Loble's; is this its [admin] address?");
  }

  @Override
  public String toString() {
    return admin.toString();
  }

  private <T> T answer(Request request, Class<T> type) throws CtlException {
    try (Exchange exchange = exchange(request)) {
      @Nullable Object value = JsonText.read(exchange.text());
      if (value == null) {
        throw strange();
      }
      return type.cast(value);
    } catch (DecodeException | ClassCastException e) {
      throw strange();
    } catch (IOException e) {
      throw away(e);
    }
  }

  /** An exchange that went well so far; to be closed. */
  private Exchange exchange(Request request) throws IOException, CtlException {
    Exchange exchange = Exchange.of(admin, request, token.map(Token::secret), tls, timeout);
    if (exchange.isSuccess()) {
      return exchange;
    }
    try (exchange) {
      throw Refusal.of(admin.toString(), token, exchange.status(), exchange.text());
    }
  }

  private CtlException away(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return new AwayException(admin + " has not answered within " + Durations.format(timeout));
    }
    return cause instanceof ProtocolException
        ? strange()
        : new AwayException(Unreachable.text(admin, cause));
  }

  private static void close(Exchange exchange) {
    try {
      exchange.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
