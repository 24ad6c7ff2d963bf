package io.loble.config.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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

  /**
   * The array that a text is.
   *
   * @param mostValues how many values there may be in all of it, since each takes memory
   * @throws DecodeException when it is none, has too many values, or a key stands twice in an
   *     object; the message says where, and quotes nothing of it
   */
  public static JsonArray array(String text, int mostValues) {
    try (JsonParser parser = STRICT.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY) {
        throw new DecodeException(first == null ? "is empty" : "does not begin with [");
      }
      requireFew(parser, mostValues);
      if (parser.nextToken() != null) {
        throw new DecodeException(
            "goes on behind its last ], at " + place(parser.currentLocation()));
      }
    } catch (JsonProcessingException e) {
      throw new DecodeException(fault(e) + ", at " + place(e.getLocation()));
    } catch (IOException e) {
      throw new DecodeException(firstLine(e));
    }
    return new JsonArray(text);
  }

  /** Reads on to the end of the array that has begun. */
  private static void requireFew(JsonParser parser, int mostValues) throws IOException {
    int values = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new JsonEOFException(parser, null, "ends");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      values += token.isStructStart() || token.isScalarValue() ? 1 : 0;
      if (values > mostValues) {
        throw new DecodeException("has more than " + mostValues + " values");
      }
    }
  }

  private static String fault(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "ends too early";
    }
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
        ? "has the same key twice in an object"
        : "is not JSON";
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Jackson adds where it read from, which it does not know, and how that is turned off. */
  private static String firstLine(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return UNKNOWN_SOURCE.matcher(line).replaceAll("$1");
  }
}
