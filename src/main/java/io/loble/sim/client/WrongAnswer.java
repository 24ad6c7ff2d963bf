package io.loble.sim.client;

import io.vertx.core.json.JsonObject;

/**
 * An example of a wrong answer. Bytes are shown as text, those that cannot be read as {@code \xNN}.
 *
 * @param client the number of the client in its run, from 0: with the same seed it is the same
 * @param offset of the first wrong byte in the answer, from 0
 * @param expected up to 32 bytes of the right answer around that byte; empty when no answer was due
 * @param got what came instead
 */
public record WrongAnswer(ClientKind kind, long client, long offset, String expected, String got) {

  static WrongAnswer of(Choices.Choice client, Mismatch mismatch) {
    return new WrongAnswer(
        client.kind(), client.number(), mismatch.offset(), mismatch.expected(), mismatch.got());
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("kind", kind.key())
        .put("client", client)
        .put("offset", offset)
        .put("expected", expected)
        .put("got", got);
  }

  /** Reads what {@link #toJson()} has written. */
  public static WrongAnswer fromJson(JsonObject json) {
    return new WrongAnswer(
        ClientKind.ofKey(json.getString("kind")),
        json.getLong("client"),
        json.getLong("offset"),
        json.getString("expected"),
        json.getString("got"));
  }
}
