package io.loble.config.read;

import io.loble.config.ConfigError;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads a table key by key, where what is read depends on other keys, so that no {@link Section}
 * can describe it. Every method reports what is wrong and answers with nothing where a value is
 * absent or wrong. JSON's null counts as absent.
 */
public final class TableReader {

  private final Node.Table table;
  private final Problems problems;
  private final boolean textual;

  private TableReader(Node.Table table, Problems problems, boolean textual) {
    this.table = table;
    this.problems = problems;
    this.textual = textual;
  }

  /**
   * Reads JSON.
   *
   * @param source how errors call it
   */
  public static TableReader json(String source, JsonObject json, Problems problems) {
    return new TableReader(JsonDocument.read(Place.of(source), json), problems, false);
  }

  /** Reads environment variables, whose values are all text; one that is blank is absent. */
  public static TableReader environment(Map<String, String> variables, Problems problems) {
    Map<String, String> given = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            given.put(name, value.strip());
          }
        });
    return text(ConfigError.ENVIRONMENT, given, problems);
  }

  /** Reads values that are all text: {@code 5} is a number where one is accepted. */
  public static TableReader text(String source, Map<String, String> values, Problems problems) {
    JsonObject json = new JsonObject();
    values.forEach(json::put);
    return new TableReader(JsonDocument.read(Place.of(source), json), problems, true);
  }

  /** Reports every key that is not among the known ones. */
  public TableReader knowing(Collection<String> known) {
    table
        .children()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                problems.add(node.place(), "unknown key; " + Spelling.hint(name, known));
              }
            });
    return this;
  }

  public boolean has(String key) {
    return value(key).isPresent();
  }

  /** The value of that key. */
  public <T> Optional<T> read(String key, ScalarCodec<T> codec) {
    return value(key).flatMap(node -> codec.read(typed(node, codec), null, problems));
  }

  /** The table of that key, to be read by itself. */
  public Optional<TableReader> table(String key) {
    return value(key).flatMap(this::reader);
  }

  /** The tables in the array of that key, to be read one by one. */
  public List<TableReader> tables(String key) {
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof Node.Array array) {
      return IntStream.range(0, array.items().size())
          .mapToObj(i -> reader(array.items().get(i)))
          .flatMap(Optional::stream)
          .toList();
    }
    value.ifPresent(node -> problems.unexpected(node, "an array of tables"));
    return List.of();
  }

  /** What is read here, as it is. */
  public JsonObject values() {
    return JsonDocument.write(table);
  }

  /**
   * Reports something that is wrong with a value.
   *
   * @param key of this table, or of a table in it, with dots between
   */
  public void error(String key, String reason) {
    Node node = table.children().get(key);
    String prefix = table.place().key().isEmpty() ? "" : table.place().key() + '.';
    problems.add(node != null ? node.place() : table.place().withKey(prefix + key), reason);
  }

  private Optional<Node> value(String key) {
    return table
        .child(key)
        .filter(node -> !(node instanceof Node.Scalar scalar && scalar.value() == null));
  }

  private Optional<TableReader> reader(Node node) {
    if (node instanceof Node.Table inner) {
      return Optional.of(new TableReader(inner, problems, textual));
    }
    problems.unexpected(node, "a table");
    return Optional.empty();
  }

  private Node typed(Node node, ScalarCodec<?> codec) {
    return textual && node instanceof Node.Scalar scalar && scalar.value() instanceof String text
        ? new Node.Scalar(scalar.place(), codec.valueOf(text))
        : node;
  }
}
