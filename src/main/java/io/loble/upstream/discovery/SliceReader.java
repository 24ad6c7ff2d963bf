package io.loble.upstream.discovery;

import io.loble.upstream.discovery.EndpointSlice.Endpoint;
import io.loble.upstream.discovery.EndpointSlice.Family;
import io.loble.upstream.discovery.EndpointSlice.Port;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads EndpointSlices of {@code discovery.k8s.io/v1}. What is of another type than it should be
 * makes a {@link ClassCastException}.
 */
final class SliceReader {

  private static final JsonObject NONE = new JsonObject();

  private SliceReader() {}

  static EndpointSlice read(JsonObject slice) {
    return new EndpointSlice(
        text(table(slice, "metadata"), "name"),
        family(text(slice, "addressType")),
        objects(slice, "ports").filter(SliceReader::isUsable).map(SliceReader::port).toList(),
        objects(slice, "endpoints").flatMap(SliceReader::endpoint).toList());
  }

  private static Family family(String addressType) {
    return switch (addressType) {
      case "IPv4" -> Family.IPV4;
      case "IPv6" -> Family.IPV6;
      default -> Family.OTHER;
    };
  }

  /** A port without a number means all of them, which is of no use here. */
  private static boolean isUsable(JsonObject port) {
    Integer number = port.getInteger("port");
    String protocol = text(port, "protocol");
    return number != null
        && number >= 1
        && number <= 65535
        && (protocol.isEmpty() || protocol.equals("TCP"));
  }

  private static Port port(JsonObject port) {
    return new Port(text(port, "name"), port.getInteger("port"));
  }

  /** Further addresses of an endpoint mean nothing, as Kubernetes has it. */
  private static Stream<Endpoint> endpoint(JsonObject endpoint) {
    JsonArray addresses = endpoint.getJsonArray("addresses");
    if (addresses == null || addresses.isEmpty()) {
      return Stream.empty();
    }
    JsonObject conditions = table(endpoint, "conditions");
    JsonObject target = table(endpoint, "targetRef");
    // What is not known counts as ready, and as serving if it is ready.
    boolean ready = flag(conditions, "ready", true);
    boolean serving = flag(conditions, "serving", ready);
    return Stream.of(
        new Endpoint(
            String.valueOf(addresses.getString(0)),
            text(target, "kind").equals("Pod") ? text(target, "name") : "",
            ready,
            serving,
            flag(conditions, "terminating", false),
            text(endpoint, "zone"),
            objects(table(endpoint, "hints"), "forZones")
                .map(zone -> text(zone, "name"))
                .toList()));
  }

  private static boolean flag(JsonObject in, String key, boolean otherwise) {
    Boolean flag = in.getBoolean(key);
    return flag == null ? otherwise : flag;
  }

  /** The object of that key, which is empty where there is none. */
  static JsonObject table(JsonObject in, String key) {
    JsonObject table = in.getJsonObject(key);
    return table == null ? NONE : table;
  }

  /** The objects in the array of that key. */
  static Stream<JsonObject> objects(JsonObject in, String key) {
    JsonArray array = in.getJsonArray(key);
    return array == null
        ? Stream.empty()
        : IntStream.range(0, array.size()).mapToObj(array::getJsonObject).filter(Objects::nonNull);
  }

  /** The text of that key, which is empty where there is none. */
  static String text(JsonObject in, String key) {
    Object text = in.getValue(key);
    return text == null ? "" : (String) text;
  }
}
