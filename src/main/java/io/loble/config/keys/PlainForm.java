package io.loble.config.keys;

import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings a document into the form that {@link LobleKeys} describe: shorthands are spelled out and
 * what a pool does not set is taken from {@code [balancer]}, {@code [health]} and {@code [tcp]},
 * which listeners take from as well. Values keep the place where they were written, so that errors
 * name the key that the author used.
 */
public final class PlainForm {

  private static final List<String> SHORTHANDS =
      List.of(Tables.LISTENER, Tables.BACKENDS, Tables.BALANCER, Tables.HEALTH, Tables.TCP);
  public static final List<String> LISTENER_KEYS =
      Stream.of(
              Stream.of(
                  "address",
                  "reuse_port",
                  Tables.TCP,
                  "backlog",
                  "v6only",
                  "bandwidth",
                  "socket_mode"),
              ListenerLimitKeys.NAMES.stream(),
              FrontKeys.NAMES.stream(),
              Stream.of(ListenerTlsKeys.LISTENER_TLS.name()),
              HttpKeys.NAMES.stream())
          .flatMap(names -> names)
          .toList();

  private final Problems problems;
  private Node.Table inherited = Node.Table.empty(Place.of("defaults"));

  public PlainForm(Problems problems) {
    this.problems = problems;
  }

  public Node.Table of(Node.Table document) {
    reportUnknown(document);
    Node.Table plain = known(document);
    plain = withListeners(plain);
    plain = withDefaultBackends(plain);
    plain = withInheritedSettings(plain);
    plain = withMetricsAddress(plain);
    for (String shorthand : SHORTHANDS) {
      plain = plain.without(shorthand);
    }
    return plain;
  }

  /** What the pools of the document take over that was brought into this form last. */
  Node.Table poolDefaults() {
    return inherited;
  }

  private void reportUnknown(Node.Table document) {
    List<String> names = new ArrayList<>(LobleKeys.LOBLE.names());
    names.remove("id");
    names.addAll(SHORTHANDS);
    Section.reportUnknown(document.without("id"), names, problems);
  }

  private static Node.Table known(Node.Table document) {
    Map<String, Node> children = new LinkedHashMap<>(document.children());
    children
        .keySet()
        .removeIf(n -> !SHORTHANDS.contains(n) && !LobleKeys.LOBLE.names().contains(n));
    return new Node.Table(document.place(), children);
  }

  private Node.Table withListeners(Node.Table plain) {
    Node listener = plain.children().get(Tables.LISTENER);
    if (listener == null) {
      return plain;
    }
    if (!(listener instanceof Node.Table table)) {
      problems.unexpected(listener, "a table with an address");
      return plain;
    }
    Section.reportUnknown(table, LISTENER_KEYS, problems);
    List<Node> all = new ArrayList<>(List.of(defaultListener(table)));
    if (plain.children().get(Tables.LISTENERS) instanceof Node.Array others) {
      all.addAll(others.items());
    } else if (plain.children().containsKey(Tables.LISTENERS)) {
      return plain;
    }
    return plain.with(Tables.LISTENERS, new Node.Array(table.place(), all));
  }

  private static Node defaultListener(Node.Table table) {
    Map<String, Node> children = new LinkedHashMap<>();
    children.put("name", new Node.Scalar(table.place(), Tables.DEFAULT));
    children.put("pool", new Node.Scalar(table.place(), PoolKeys.DEFAULT_POOL));
    for (String key : LISTENER_KEYS) {
      table.child(key).ifPresent(value -> children.put(key, value));
    }
    return new Node.Table(table.place(), children);
  }

  private Node.Table withDefaultBackends(Node.Table plain) {
    Node backends = plain.children().get(Tables.BACKENDS);
    if (backends == null || !isTableOrAbsent(plain, Tables.POOLS)) {
      return plain;
    }
    Node.Table pools =
        plain.table(Tables.POOLS).orElse(Node.Table.empty(plain.place().child(Tables.POOLS)));
    if (!isTableOrAbsent(pools, Tables.DEFAULT)) {
      return plain;
    }
    Node.Table pool = pools.table(Tables.DEFAULT).orElse(Node.Table.empty(backends.place()));
    pool.child(Tables.BACKENDS).ifPresent(other -> reportBoth(backends, other));
    Node.Table withDefault =
        new Node.Table(pools.place(), Map.of(Tables.DEFAULT, pool.with(Tables.BACKENDS, backends)));
    return plain.with(Tables.POOLS, withDefault.merge(pools.without(Tables.DEFAULT)));
  }

  private void reportBoth(Node one, Node other) {
    boolean inOrder = one.place().line() <= other.place().line();
    Place first = inOrder ? one.place() : other.place();
    Place second = inOrder ? other.place() : one.place();
    problems.add(
        second,
        "[[backends]] is short for [[pools.default.backends]], and "
            + first.seenFrom(second)
            + " has backends already; keep one of the two forms");
  }

  private Node.Table withInheritedSettings(Node.Table plain) {
    Node.Table tcp = shared(plain, Tables.TCP, TcpKeys.TCP);
    Node.Table health = shared(plain, Tables.HEALTH, HealthKeys.HEALTH);
    inherited =
        shared(plain, Tables.BALANCER, PoolKeys.BALANCER)
            .with(Tables.HEALTH, health)
            .with(Tables.TCP, tcp);
    return withInheritingPools(withInheritingListeners(plain, tcp));
  }

  private static Node.Table withInheritingListeners(Node.Table plain, Node.Table tcp) {
    if (!(plain.children().get(Tables.LISTENERS) instanceof Node.Array listeners)) {
      return plain;
    }
    Node.Table defaults = Node.Table.empty(tcp.place()).with(Tables.TCP, tcp);
    List<Node> heirs = listeners.items().stream().map(item -> heir(item, defaults)).toList();
    return plain.with(Tables.LISTENERS, new Node.Array(listeners.place(), heirs));
  }

  private Node.Table withInheritingPools(Node.Table plain) {
    return plain
        .table(Tables.POOLS)
        .map(pools -> plain.with(Tables.POOLS, withHeirs(pools)))
        .orElse(plain);
  }

  private Node.Table withHeirs(Node.Table pools) {
    Map<String, Node> heirs = new LinkedHashMap<>();
    pools.children().forEach((name, pool) -> heirs.put(name, heir(pool, inherited)));
    return new Node.Table(pools.place(), heirs);
  }

  private static Node heir(Node node, Node.Table inherited) {
    return node instanceof Node.Table table
        ? new Node.Table(table.place(), inherited.merge(table).children())
        : node;
  }

  /**
   * The keys that pools or listeners share; anything wrong with them is reported here, used or not.
   */
  private Node.Table shared(Node.Table plain, String name, Section<?> section) {
    Node.Table none = Node.Table.empty(plain.place().child(name));
    section.read(plain.child(name).orElse(none), null, problems);
    Node.Table table = plain.table(name).orElse(none);
    Map<String, Node> known = new LinkedHashMap<>(table.children());
    known.keySet().retainAll(section.names());
    return new Node.Table(table.place(), known);
  }

  private static Node.Table withMetricsAddress(Node.Table plain) {
    Node.Table metrics =
        plain.table("metrics").orElse(Node.Table.empty(plain.place().child("metrics")));
    if (metrics.children().containsKey("address") || !isTableOrAbsent(plain, "metrics")) {
      return plain;
    }
    return plain
        .find("admin", "address")
        .map(address -> plain.with("metrics", metrics.with("address", address)))
        .orElse(plain);
  }

  private static boolean isTableOrAbsent(Node.Table table, String name) {
    return !table.children().containsKey(name) || table.table(name).isPresent();
  }
}
