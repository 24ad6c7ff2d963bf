package io.loble.config.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads JSON in which no key stands twice: it is not known which of two values was meant, and
 * Vert.x takes the later one.
 */
public final class StrictJson {

  /** Allows the comments that Vert.x allows. */
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .enable(JsonParser.Feature.ALLOW_COMMENTS);

  private static final Pattern UNKNOWN_SOURCE = Pattern.compile("\\[Source: [^;]*; ([^\\]]*)]");

  private StrictJson() {}

  /**
   * The object that a text is.
   *
   * @throws DecodeException when it is none, or a key stands twice in an object; the message says
   *     which
   */
  public static JsonObject object(String text) {
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DecodeException("it does not begin with {");
      }
      parser.skipChildren();
    } catch (IOException e) {
      throw new DecodeException(firstLine(e));
    }
    return new JsonObject(text);
  }

  /** Jackson adds where it read from, which it does not know, and how that is turned off. */
  private static String firstLine(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return UNKNOWN_SOURCE.matcher(line).replaceAll("$1");
  }
}
