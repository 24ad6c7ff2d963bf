package io.loble.upstream.discovery;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The slices of a service as they are now: a list of them, and what has happened since. */
final class SliceSet {

  private final Map<String, EndpointSlice> slices = new TreeMap<>();
  private String version = "";

  /**
   * All slices of a service.
   *
   * @param version from where a watch goes on
   */
  record Listing(List<EndpointSlice> slices, String version) {

    Listing {
      slices = List.copyOf(slices);
    }

    /** Reads what the API server answers when it is asked for a list. */
    static Listing read(JsonObject list) {
      if (!list.containsKey("items")) {
        throw new ClassCastException("no list");
      }
      return new Listing(
          SliceReader.objects(list, "items").map(SliceReader::read).toList(), versionOf(list));
    }
  }

  /**
   * What a watch has said.
   *
   * @param slice has no meaning where only the version is new
   */
  record Change(Kind kind, EndpointSlice slice, String version) {

    /** What has happened. */
    enum Kind {
      PUT,
      DELETED,
      BOOKMARK
    }

    /** Reads one event, but not an error. */
    static Change read(String type, JsonObject object) {
      Kind kind =
          switch (type) {
            case "ADDED", "MODIFIED" -> Kind.PUT;
            case "DELETED" -> Kind.DELETED;
            case "BOOKMARK" -> Kind.BOOKMARK;
            default -> throw new ClassCastException("an event of the type " + type);
          };
      return new Change(kind, SliceReader.read(object), versionOf(object));
    }
  }

  private static String versionOf(JsonObject object) {
    return SliceReader.text(SliceReader.table(object, "metadata"), "resourceVersion");
  }

  /** From where a watch goes on; empty where only a list tells how things are. */
  String version() {
    return version;
  }

  /** A list is needed next. What is known stays until then. */
  void forgetVersion() {
    version = "";
  }

  /** The slices as they are now. */
  List<EndpointSlice> slices() {
    return List.copyOf(slices.values());
  }

  /** These are all that there are. */
  void replace(Listing listing) {
    slices.clear();
    listing.slices().forEach(slice -> slices.put(slice.name(), slice));
    version = listing.version();
  }

  /** Returns whether a slice has changed. */
  boolean apply(Change change) {
    if (!change.version().isEmpty()) {
      version = change.version();
    }
    String name = change.slice().name();
    return switch (change.kind()) {
      case PUT -> !change.slice().equals(slices.put(name, change.slice()));
      case DELETED -> slices.remove(name) != null;
      case BOOKMARK -> false;
    };
  }
}
