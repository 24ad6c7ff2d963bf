package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.scenario.ModelCommands.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Does to a balancer what comes to mind, and to its model the same. */
final class Steerer {

  private static final int REMEMBERED = 12;

  private final String preamble;
  private final Names names;
  private final Faces faces;
  private final ConfigFile file;
  private final Announcements announcements;
  private final Model model;
  private final RandomCalls calls;
  private final RandomFiles files;
  private final Deque<String> latest = new ArrayDeque<>();

  Steerer(
      String preamble,
      Names names,
      Faces faces,
      ConfigFile file,
      Announcements announcements,
      Model model,
      RandomCalls calls) {
    this.preamble = preamble;
    this.names = names;
    this.faces = faces;
    this.file = file;
    this.announcements = announcements;
    this.model = model;
    this.calls = calls;
    this.files = new RandomFiles(names);
  }

  /** What was done last, the latest at the end. */
  String latest() {
    return String.join("\n", latest);
  }

  /** One operation. */
  void step() throws IOException {
    int kind = names.below(100);
    if (kind < 65) {
      command();
    } else if (kind < 82) {
      rewrite();
    } else if (kind < 88) {
      breakFile();
    } else if (kind < 96) {
      rollback();
    } else {
      reset();
    }
  }

  private Answer send(Call call) {
    Answer answer = names.chance(50) ? faces.overHttp(call) : faces.overBus(call);
    remember(call.message().encode() + " -> " + answer.status() + ' ' + brief(answer));
    if (!answer.done()) {
      assertThat(answer.body().getString("detail")).as("%s", call).isNotBlank();
    }
    return answer;
  }

  private void command() {
    ModelConfig before = model.inForce();
    Call call = calls.next(before);
    Outcome expected = ModelCommands.of(call, before);
    Answer answer = send(call);
    assertThat(answer.status()).as("%s: %s", call, answer.body()).isIn(expected.statuses());
    if (!expected.after().equals(before)) {
      model.inForce(model.version() + 1, expected.after());
    }
  }

  private void rewrite() throws IOException {
    ModelConfig next = files.next(model.file());
    Optional<ModelConfig> merged = model.merged(next);
    String toml = ModelToml.write(preamble, next);
    Answer plan = send(Call.of("config.plan", "toml", toml));
    assertThat(plan.status()).as("%s", plan.body()).isEqualTo(merged.isPresent() ? 200 : 409);
    int seen = announcements.reloads();
    write(toml.getBytes(StandardCharsets.UTF_8));
    if (merged.isPresent()) {
      taken(next, merged.get(), plan, loaded(seen));
    } else {
      refused(seen, 409);
    }
  }

  private void taken(ModelConfig next, ModelConfig merged, Answer plan, JsonObject event) {
    assertThat(plan.version()).as("what a plan tells").isEqualTo(model.version());
    assertThat(event.getString("type")).as("%s", event).isEqualTo("config.reload");
    assertThat(effects(event.getJsonArray("steps"))).isEqualTo(effects(plan.steps()));
    assertThat(ModelDifferences.told(plan.steps()))
        .isEqualTo(ModelDifferences.between(model.inForce(), merged));
    model.loaded(next);
    inForce(event.getLong("version"), event.getJsonArray("steps"), merged);
  }

  /** Waits until the file was loaded, by a command or by who watches it. */
  private JsonObject loaded(int seen) {
    if (names.chance(50)) {
      Answer answer = send(Call.of("config.reload"));
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }
    return announcements.awaitReload(seen);
  }

  private void breakFile() throws IOException {
    int seen = announcements.reloads();
    byte[] broken = files.broken(ModelToml.write(preamble, files.next(model.file())));
    write(broken);
    refused(seen, 422);
  }

  private void refused(int seen, int status) throws IOException {
    Answer answer = send(Call.of("config.reload"));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(announcements.awaitReload(seen).getString("type")).isEqualTo("config.refused");
    assertThat(error()).isNotNull();
    // What cannot be used now must not come into force later, when other things have changed.
    write(ModelToml.write(preamble, model.file()).getBytes(StandardCharsets.UTF_8));
    Answer restored = send(Call.of("config.reload"));
    assertThat(restored.body().getBoolean("changed")).as("%s", restored).isFalse();
    assertThat(error()).isNull();
  }

  private Object error() {
    ShownState shown = new ShownState(faces.overBus(Call.of("status")).body());
    return shown.config().getValue("error");
  }

  private void rollback() {
    Call call = Call.of("config.rollback");
    Optional<ModelConfig> target = model.previous();
    int missing = 409;
    if (names.chance(50)) {
      long version = names.chance(10) ? 1_000_000 : names.one(model.kept());
      call.arguments().put("version", version);
      target = model.find(version);
      missing = 404;
    }
    Answer answer = send(call);
    assertThat(answer.status())
        .as("%s: %s", call, answer.body())
        .isEqualTo(target.isPresent() ? 200 : missing);
    target.ifPresent(config -> inForce(answer.version(), answer.steps(), config));
  }

  private void reset() {
    Answer answer = send(Call.of("config.reload", "reset", true));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    inForce(answer.version(), answer.steps(), model.file());
  }

  /** A version more, unless nothing was changed; the order of things can have been. */
  private void inForce(long version, JsonArray steps, ModelConfig config) {
    assertThat(version).isEqualTo(model.version() + (steps.isEmpty() ? 0 : 1));
    assertThat(ModelDifferences.told(steps))
        .isEqualTo(ModelDifferences.between(model.inForce(), config));
    if (!steps.isEmpty()) {
      model.inForce(version, config);
    }
  }

  /** Steps without what depends on the moment: how many connections there are. */
  private static JsonArray effects(JsonArray steps) {
    JsonArray effects = new JsonArray();
    for (Object step : steps) {
      JsonObject effect = ((JsonObject) step).copy();
      effect.remove("count");
      effect.remove("connections");
      effects.add(effect);
    }
    return effects;
  }

  private void write(byte[] content) throws IOException {
    remember("file:\n" + new String(content, StandardCharsets.UTF_8).indent(6));
    if (names.chance(50)) {
      file.rename(content);
    } else {
      file.swap(content);
    }
  }

  private void remember(String what) {
    latest.addLast(what);
    if (latest.size() > REMEMBERED) {
      latest.removeFirst();
    }
  }

  private static String brief(Answer answer) {
    String body = answer.body().encode();
    return body.substring(0, Math.min(400, body.length()));
  }
}
