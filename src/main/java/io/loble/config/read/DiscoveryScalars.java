package io.loble.config.read;

import io.loble.config.Durations;
import io.loble.model.HostPort;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of values that keys have about where backends are found. */
public final class DiscoveryScalars {

  private static final int DNS_PORT = 53;
  private static final int MOST_CHARACTERS = 253;
  private static final int MOST_PORT = 65_535;

  /** How a duration without an end is written. */
  private static final String FOREVER = "forever";

  private static final String LABEL = "[a-z0-9_-]{1,63}";
  private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*\\.?");

  /** What Kubernetes lets things be called. */
  private static final String KUBERNETES_NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private static final Pattern SERVICE =
      Pattern.compile("(" + KUBERNETES_NAME + "/)?" + KUBERNETES_NAME);
  private static final String PORT_OR_NONE = "^$|^" + KUBERNETES_NAME + "$";

  private DiscoveryScalars() {}

  /** The name of a host with a port, or nothing. */
  public static ScalarCodec<String> hostName() {
    return orNone(
        "the name of a host with a port, such as \"db.internal:5432\"",
        text ->
            HostPort.parse(text)
                .filter(address -> address.port() > 0)
                .flatMap(
                    address ->
                        dnsName(address.host())
                            .map(name -> new HostPort(name, address.port()).toString())),
        DiscoveryScalars::hostFault);
  }

  private static Optional<String> hostFault(String text) {
    return HostPort.parse(text)
        .filter(address -> Hosts.ip(address.host()).isPresent())
        .map(
            address ->
                text
                    + " has an IP address, which is not looked up; make it a backend of the pool:"
                    + " backends = [{ address = \""
                    + text
                    + "\" }]");
  }

  /** The name of SRV records, or nothing. */
  public static ScalarCodec<String> srvName() {
    return orNone(
        "the name of SRV records, such as \"_pg._tcp.db.internal\"",
        DiscoveryScalars::dnsName,
        DiscoveryScalars::srvFault);
  }

  private static Optional<String> srvFault(String text) {
    return HostPort.parse(text)
        .flatMap(address -> dnsName(address.host()))
        .map(name -> "SRV records say the port; write the name without it, \"" + name + "\"");
  }

  /** In lower case; a dot at its end stays, since it keeps search domains away. */
  private static Optional<String> dnsName(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return Optional.of(name)
        .filter(n -> n.length() <= MOST_CHARACTERS && DNS_NAME.matcher(n).matches())
        .filter(n -> Hosts.ip(n).isEmpty() && Hosts.fault(n).isEmpty());
  }

  /** The path of a file, or nothing. */
  public static ScalarCodec<String> file() {
    return orNone(
        "the path of a file, such as \"targets.json\"",
        DiscoveryScalars::path,
        text -> Optional.empty());
  }

  private static Optional<String> path(String text) {
    try {
      return Optional.of(Path.of(text).toString()).filter(path -> !path.isBlank());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Where a name server is to be reached; by its usual port if that is not said. */
  public static ScalarCodec<HostPort> nameServer() {
    return Scalars.parsed(
            "an IP address, with a port where that is not 53, such as \"10.0.0.10\"",
            DiscoveryScalars::nameServer)
        .describedBy(Schemas.text().put("pattern", "^[\\[\\]0-9a-fA-F:.]+$"));
  }

  private static Optional<HostPort> nameServer(String text) {
    Optional<HostPort> alone = Hosts.ip(text).map(ip -> server(ip, DNS_PORT));
    return alone.isPresent()
        ? alone.filter(DiscoveryScalars::isUsable)
        : HostPort.parse(text)
            .filter(server -> server.port() > 0)
            .flatMap(server -> Hosts.ip(server.host()).map(ip -> server(ip, server.port())))
            .filter(DiscoveryScalars::isUsable);
  }

  private static HostPort server(InetAddress ip, int port) {
    return new HostPort(NetUtil.toAddressString(ip), port);
  }

  private static boolean isUsable(HostPort server) {
    return Hosts.ip(server.host())
        .filter(ip -> !ip.isAnyLocalAddress() && !ip.isMulticastAddress())
        .isPresent();
  }

  /** A duration; empty for one without an end. */
  public static ScalarCodec<Optional<Duration>> durationOrForever() {
    return Scalars.ofString(
            "\"forever\", or a duration such as \"10m\"",
            DiscoveryScalars::keep,
            keep -> keep.map(Durations::format).orElse(FOREVER))
        .describedBy(
            Schemas.text().put("pattern", "^forever$|" + Schemas.duration().getString("pattern")));
  }

  private static Optional<Optional<Duration>> keep(String text) {
    if (text.equals(FOREVER)) {
      return Optional.of(Optional.empty());
    }
    Optional<Duration> duration = Durations.parse(text);
    return duration.isPresent() ? Optional.of(duration) : Optional.empty();
  }

  /** The name of a service of Kubernetes, maybe with its namespace, or nothing. */
  public static ScalarCodec<String> service() {
    return orNone(
        "the name of a service, behind its namespace and / where that is another, such as"
            + " \"shop/postgres\"",
        text -> Optional.of(text).filter(name -> SERVICE.matcher(name).matches()),
        text -> Optional.empty());
  }

  /** The name or the number of a port of a service, or nothing. */
  public static ScalarCodec<String> servicePort() {
    JsonArray either =
        new JsonArray()
            .add(Schemas.integer(1, MOST_PORT))
            .add(Schemas.text().put("pattern", PORT_OR_NONE));
    Pattern form = Pattern.compile(PORT_OR_NONE);
    return new ScalarCodec<>(
        "\"\", or the name or the number of a port, such as \"pg\"",
        new JsonObject().put("anyOf", either),
        value ->
            value instanceof Integer || value instanceof Long
                ? Optional.of((Number) value)
                    .filter(n -> n.longValue() >= 1 && n.longValue() <= MOST_PORT)
                    .map(Object::toString)
                : value instanceof String text
                    ? Optional.of(text).filter(name -> form.matcher(name).matches())
                    : Optional.empty(),
        port -> port);
  }

  /** The URL of an API server, or nothing. */
  public static ScalarCodec<String> apiServer() {
    return orNone(
        "the URL of an API server, such as \"https://10.0.0.1:6443\"",
        text -> Optional.of(text).filter(DiscoveryScalars::isUrl),
        text -> Optional.empty());
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * A text of some form, or an empty one.
   *
   * @param fault what is wrong with a text where "expected" does not say it well
   */
  private static ScalarCodec<String> orNone(
      String expected,
      Function<String, Optional<String>> reader,
      Function<String, Optional<String>> fault) {
    return new ScalarCodec<>(
        "\"\", or " + expected,
        Schemas.text(),
        value ->
            value instanceof String text
                ? text.isEmpty() ? Optional.of(text) : reader.apply(text)
                : Optional.empty(),
        text -> text,
        value ->
            value instanceof String text && reader.apply(text).isEmpty()
                ? fault.apply(text)
                : Optional.empty());
  }
}
