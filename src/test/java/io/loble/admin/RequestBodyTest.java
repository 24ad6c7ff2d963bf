package io.loble.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.loble.config.AdminConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as routes behind {@link Access} get them. */
class RequestBodyTest {

  private static final int MIB = 1024 * 1024;
  private static final String POST = "POST /api/length HTTP/1.1\r\nHost: localhost\r\n";
  private static final String CLOSE = "Connection: close\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, MIB})
  void aBodyArrivesWhole(int length) {
    assertThat(RawHttp.send(started(), POST + CLOSE + sized(length))).endsWith("\r\n" + length);
    assertThat(RawHttp.send(started(), POST + CLOSE + CHUNKED + chunked(length)))
        .endsWith("\r\n" + length);
  }

  @Test
  void noBodyIsAnEmptyOne() {
    assertThat(RawHttp.send(started(), POST + CLOSE + "\r\n")).endsWith("\r\n0");
  }

  /** As curl says of all that it is given with {@code -d}. */
  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
  void aBodyThatIsSaidToBeAFormIsLeftAsItIs(String type) {
    String body = "# 100% & more\nkey = \"a+b\"\n";
    String request =
        "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body;

    assertThat(RawHttp.send(started(), request)).endsWith("\r\n\r\n" + body);
  }

  @Test
  void requestsInARowAreAnsweredInTheirOrder() {
    String requests =
        POST + sized(5) + POST + "\r\n" + POST + CHUNKED + chunk(7) + chunk(0) + POST + CLOSE
            + sized(9);

    assertThat(RawHttp.send(started(), requests).lines().filter(l -> l.matches("\\d.*")))
        .allMatch(line -> line.matches("[0579](HTTP/1.1 200 OK)?"))
        .hasSize(4);
  }

  @Test
  void aBodyThatIsAskedForIsSent() {
    String request = POST + CLOSE + "Expect: 100-continue\r\n" + sized(3);

    assertThat(RawHttp.send(started(), request))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
        .endsWith("\r\n3");
  }

  @Test
  void aLargerOneIsRefusedAndTheConnectionEnds() {
    assertTooLarge(RawHttp.send(started(), POST + sized(MIB + 1)));
    assertTooLarge(RawHttp.send(started(), POST + CHUNKED + chunk(MIB + 1) + chunk(0)));
    assertTooLarge(RawHttp.send(started(), POST + CHUNKED + chunk(MIB) + chunk(1) + chunk(0)));
  }

  @Test
  void aLargerOneNeedNotBeSentToBeRefused() {
    String head = POST + "Expect: 100-continue\r\nContent-Length: " + (MIB + 1) + "\r\n\r\n";

    assertTooLarge(RawHttp.send(started(), head));
  }

  @Test
  @Timeout(value = 30, unit = SECONDS)
  void oneWithoutEndIsCutOff() throws IOException {
    HostPort server = started();
    byte[] chunk = chunk(MIB).getBytes(US_ASCII);
    try (Socket socket = new Socket(server.host(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((POST + CHUNKED).getBytes(US_ASCII));

      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(chunk);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000\r\n\r\n", CHUNKED})
  void whoIsRefusedIsAnsweredBeforeTheBody(String framing) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    HostPort server = started(new AdminConfig(new HostPort("127.0.0.1", 0), token.toString()));

    String answer = RawHttp.send(server, POST + framing);

    assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("\r\nconnection: close");
  }

  @Test
  void aClientThatLeavesInTheMiddleHarmsNobody() throws IOException {
    HostPort server = started();
    try (LogLines log = new LogLines(Problem.class)) {
      leave(server, POST + CHUNKED + chunk(10));

      assertThat(RawHttp.send(server, POST + CLOSE + sized(3))).endsWith("\r\n3");
      assertThat(log.of(Level.ERROR)).isEmpty();
    }
  }

  private static void leave(HostPort server, String said) throws IOException {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(said.getBytes(US_ASCII));
      socket.setSoLinger(true, 0);
    }
  }

  private HostPort started() {
    return started(new AdminConfig(new HostPort("127.0.0.1", 0), ""));
  }

  private HostPort started(AdminConfig admin) {
    Router router = Problems.reportedBy(Router.router(vertx));
    Access.open(vertx, admin).await().mount(router);
    router
        .route("/api/length")
        .handler(ctx -> ctx.end(String.valueOf(ctx.body().asString().length())));
    router.route("/api/echo").handler(RequestBodyTest::echo);
    return HttpEndpoint.open(vertx, "key", admin.address(), new ConnectionLimits(vertx), router)
        .await()
        .address();
  }

  private static void echo(RoutingContext ctx) {
    ctx.end(String.valueOf(ctx.body().asString()));
  }

  private static String sized(int length) {
    return "Content-Length: " + length + "\r\n\r\n" + "x".repeat(length);
  }

  private static String chunked(int length) {
    return length == 0 ? chunk(0) : chunk(length) + chunk(0);
  }

  private static String chunk(int length) {
    return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
  }

  private static void assertTooLarge(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("\r\nconnection: close")
        .contains(Problem.MEDIA_TYPE)
        .endsWith("\"status\":413,\"detail\":\"the body is larger than 1 MiB\"}");
  }
}
