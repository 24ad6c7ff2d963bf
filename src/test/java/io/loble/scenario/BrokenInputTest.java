package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.scenario.ModelConfig.Pool;
import io.loble.scenario.RawRequest.Response;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to a balancer and however broken it is: it is refused with a reason that is
 * meant for people, or carried out; nothing is in between, and nothing gets out of order. {@code
 * -Dloble.broken.seed} says which way.
 */
class BrokenInputTest {

  private static final long SEED = Long.getLong("loble.broken.seed", System.nanoTime());
  private static final int FILES = 500;
  private static final int COMMANDS = 1_500;

  /** What nobody outside should ever read. */
  private static final Pattern INSIDE =
      Pattern.compile("Exception|io\\.loble|java\\.|\\bat (com|io|org|java)\\.|Error:|\\$\\d");

  private final int adminPort = Peers.freePort();
  private final String valid =
      """
      [timeouts]
      idle = "5m"
      drain = "0s"
      [admin]
      address = "127.0.0.1:%d"
      [health]
      failure_threshold = 3
      [health.active]
      enabled = false
      [[listeners]]
      name = "main"
      address = "127.0.0.1:0"
      pool = "default"
      [pools.default]
      algorithm = "round_robin"
      [[pools.default.backends]]
      name = "b1"
      address = "127.0.0.1:1"
      weight = 3
      [pools.p1]
      retries = 2
      [[pools.p1.backends]]
      address = "127.0.0.1:2"
      max_connections = 7
      """
          .formatted(adminPort);

  private final Random random = new Random(SEED);
  private final Vertx outside = Vertx.vertx();
  private final Quiet quiet = Quiet.of("loble.config", "loble.admin");
  private final ErrorLog log = ErrorLog.collect();
  private final BrokenToml toml = new BrokenToml(random, valid);
  private ConfigFile file;
  private InProcess balancer;
  private Faces faces;
  private BrokenCalls calls;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    file = ConfigFile.create(directory, valid);
    balancer = InProcess.start(file.path(), "1h");
    faces = new Faces(balancer.vertx(), adminPort);
    Names names = new Names(random, EchoServer.start(outside));
    RandomCalls some = new RandomCalls(names);
    ModelConfig config =
        ModelToml.read(faces.overBus(Call.of("config.get")).body().getString("toml"));
    calls = new BrokenCalls(random, () -> random.nextInt(6) == 0 ? other() : some.next(config));
  }

  private Call other() {
    String command = Call.commands().get(random.nextInt(Call.commands().size()));
    return command.startsWith("config.r")
        ? Call.of(command, command.endsWith("reload") ? "reset" : "version", 1)
        : Call.of(command, "pool", "default", "name", "b1", "toml", valid);
  }

  @AfterEach
  void stop() {
    balancer.close();
    outside.close().await();
    log.close();
    quiet.close();
    assertThat(log.defects()).as("seed %d", SEED).isEmpty();
  }

  /** What a refusal must leave as it was. */
  private record State(
      long version, JsonArray differs, Map<String, String> listeners, Map<String, Pool> pools) {}

  private State state() {
    ShownState shown = new ShownState(faces.overBus(Call.of("status")).body());
    Map<String, Pool> pools = new TreeMap<>(shown.pools());
    // What was taken back before may still be on its way out.
    pools.values().removeIf(pool -> pool.algorithm().equals("leaving"));
    return new State(shown.version(), shown.differs(), shown.listeners(), pools);
  }

  @Test
  void plansOfBrokenFiles() throws IOException {
    State before = state();
    for (int i = 0; i < FILES; i++) {
      byte[] content = toml.next();
      String headers = "Content-Type: application/toml\r\n";
      boolean chunked = random.nextBoolean();
      judge(
          new RawRequest("POST", "/api/v1/config/plan", headers, Buffer.buffer(content), chunked));
      Call call = Call.of("config.plan", "toml", new String(content, UTF_8));
      judge(faces.overBus(call), call);
      assertThat(state()).as("%s", call).isEqualTo(before);
    }
  }

  @Test
  void brokenFiles() throws IOException {
    for (int i = 0; i < FILES; i++) {
      State before = state();
      byte[] content = toml.next();
      file.rename(content);
      Call reload = Call.of("config.reload");
      Answer answer = random.nextBoolean() ? faces.overBus(reload) : faces.overHttp(reload);
      String shown = new String(content, UTF_8);
      judge(answer, shown);
      if (answer.done()) {
        file.rename(valid);
        reset();
      } else {
        assertThat(state()).as("seed %d: %s to\n%s", SEED, answer, shown).isEqualTo(before);
      }
    }
  }

  @Test
  void brokenCommandsOverHttp() throws IOException {
    for (int i = 0; i < COMMANDS; i++) {
      State before = state();
      RawRequest request = calls.request();
      settle(judge(request), before, request);
    }
  }

  @Test
  void brokenCommandsOverTheBus() {
    for (int i = 0; i < COMMANDS; i++) {
      State before = state();
      Object message = calls.message();
      Answer answer = faces.overBus(message, 200);
      judge(answer, message);
      settle(answer.status(), before, message);
    }
  }

  @Test
  void whatIsTooLongOrOtherwiseOdd() throws IOException {
    byte[] large = "x".repeat((1 << 20) + 1).getBytes(UTF_8);
    byte[] deep = ("{\"x\":" + "[".repeat(100_000)).getBytes(UTF_8);
    State before = state();
    for (boolean chunked : List.of(true, false)) {
      assertThat(judge(post("pools", large, chunked))).isEqualTo(413);
      assertThat(judge(post("config/plan", large, chunked))).isEqualTo(413);
      assertThat(judge(post("pools", deep, chunked))).isEqualTo(400);
      assertThat(judge(post("pools", "null".getBytes(UTF_8), chunked))).isEqualTo(400);
      assertThat(judge(post("listeners", "[]".getBytes(UTF_8), chunked))).isEqualTo(400);
      byte[] nested = ("x = " + "[".repeat(500_000)).getBytes(UTF_8);
      assertThat(judge(post("config/plan", nested, chunked))).isEqualTo(422);
    }
    assertThat(state()).isEqualTo(before);
  }

  private static RawRequest post(String path, byte[] body, boolean chunked) {
    return new RawRequest("POST", "/api/v1/" + path, "", Buffer.buffer(body), chunked);
  }

  /** A refusal leaves everything as it was; what was carried out is taken back. */
  private void settle(int status, State before, Object sent) {
    if (status >= 400) {
      assertThat(state()).as("seed %d: %s", SEED, sent).isEqualTo(before);
    } else {
      reset();
    }
  }

  private void reset() {
    assertThat(faces.overBus(Call.of("config.reload", "reset", true)).status()).isEqualTo(200);
  }

  private int judge(RawRequest request) throws IOException {
    Response response;
    try {
      response = request.send(adminPort, random);
    } catch (IOException e) {
      // What is refused before it was read to its end may be reset, and the answer lost.
      assertThat(request.target().length()).as("seed %d: %s", SEED, e).isGreaterThan(4_000);
      return 414;
    }
    if (response.status() >= 400) {
      String what = "seed " + SEED + ": " + request + "\n" + response;
      assertThat(response.isProblem()).as(what).isTrue();
      judge(new Answer(response.status(), new JsonObject(response.body())), request);
    }
    return response.status();
  }

  private static void judge(Answer answer, Object sent) {
    if (!answer.done()) {
      String what = "seed " + SEED + ": " + answer + " to " + sent;
      assertThat(answer.status()).as(what).isBetween(400, 499);
      assertThat(answer.body().getString("detail")).as(what).isNotBlank();
      assertThat(answer.body().encode()).as(what).doesNotContainPattern(INSIDE);
    }
  }
}
