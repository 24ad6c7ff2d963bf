package io.loble.history;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What was found.
 *
 * @param startMillis when the first slot began, in milliseconds since 1970
 * @param endMillis when the last slot ends
 * @param lines as many values each as there are slots
 * @param events what happened meanwhile, the oldest first
 */
public record HistoryPage(
    HistoryRange range,
    long startMillis,
    long endMillis,
    List<Line> lines,
    List<JsonObject> events) {

  /** One series. */
  public static final class Line {

    private final String name;
    private final String unit;
    private final float[] values;

    /**
     * @param unit what it is counted in
     * @param values NaN where nothing is known
     */
    public Line(String name, String unit, float[] values) {
      this.name = name;
      this.unit = unit;
      this.values = values.clone();
    }

    public String name() {
      return name;
    }

    public String unit() {
      return unit;
    }

    /** How many values it has. */
    public int size() {
      return values.length;
    }

    /** One of its values; NaN where nothing is known. */
    public float value(int index) {
      return values[index];
    }
  }
}
