package io.loble.admin;

import io.loble.model.BuildInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description of the JSON interface. What calls there are comes from the table of routes; what
 * they take and answer, from a file beside this class's package.
 */
final class OpenApi {

  private static final String FILE = "/io/loble/openapi.json";
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String PROBLEM = "#/components/responses/Problem";

  private OpenApi() {}

  /**
   * The document.
   *
   * @throws IllegalStateException when the file says nothing of a route, or something of none
   */
  static JsonObject of(List<ApiRoute> routes) throws IOException {
    JsonObject file = file();
    JsonObject operations = file.getJsonObject("operations");
    JsonObject paths = new JsonObject();
    for (ApiRoute route : routes) {
      Object described = operations.remove(route.operation());
      if (!(described instanceof JsonObject operation)) {
        throw new IllegalStateException(FILE + " says nothing of " + route.operation());
      }
      JsonObject path = paths.getJsonObject(route.path(), new JsonObject());
      paths.put(route.path(), path.put(method(route), operation(route, operation)));
    }
    if (!operations.isEmpty()) {
      throw new IllegalStateException("no route is called " + operations.fieldNames());
    }
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put("info", file.getJsonObject("info").put("version", BuildInfo.version()))
        .put("security", file.getJsonArray("security"))
        .put("paths", paths)
        .put("components", file.getJsonObject("components"));
  }

  private static JsonObject file() throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this program");
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String method(ApiRoute route) {
    return route.method().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject operation(ApiRoute route, JsonObject described) {
    JsonObject operation =
        new JsonObject().put("operationId", route.operation()).put("summary", route.summary());
    JsonArray parameters = pathParameters(route.path());
    parameters.addAll(described.getJsonArray("parameters", new JsonArray()));
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (described.containsKey("requestBody")) {
      operation.put("requestBody", described.getJsonObject("requestBody"));
    }
    JsonObject responses = new JsonObject();
    for (Map.Entry<String, Object> response : described.getJsonObject("responses")) {
      responses.put(response.getKey(), response.getValue());
    }
    return operation.put(
        "responses", responses.put("default", new JsonObject().put("$ref", PROBLEM)));
  }

  private static JsonArray pathParameters(String path) {
    JsonArray parameters = new JsonArray();
    Matcher names = PARAMETER.matcher(path);
    while (names.find()) {
      parameters.add(
          new JsonObject()
              .put("name", names.group(1))
              .put("in", "path")
              .put("required", true)
              .put("schema", new JsonObject().put("type", "string")));
    }
    return parameters;
  }
}
