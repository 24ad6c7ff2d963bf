package io.loble.config.keys;

import io.loble.config.AdminConfig;
import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.MetricsConfig;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.Spelling;
import io.loble.config.read.TableList;
import java.util.List;
import java.util.Optional;

/** Turns a merged document into a configuration, or into everything that is wrong with it. */
public final class ConfigReader {

  private final Problems problems;
  private final PlainForm form;
  private final Node.Table plain;

  private ConfigReader(Node.Table document, Problems problems) {
    this.problems = problems;
    this.form = new PlainForm(problems);
    this.plain = form.of(document);
  }

  /**
   * Reads a document.
   *
   * @param problems what was found wrong before; reported together with what is found now
   */
  static LobleConfig read(Node.Table document, Problems problems) throws ConfigException {
    return readAll(document, problems).config();
  }

  /** Reads a document, and what pools that are added later begin with. */
  public static LoadedConfig readAll(Node.Table document, Problems problems)
      throws ConfigException {
    ConfigReader reader = new ConfigReader(document, problems);
    Optional<LobleConfig> config = LobleKeys.LOBLE.read(reader.plain, null, problems);
    reader.checkWhole();
    config.ifPresent(reader::checkLoops);
    problems.throwIfAny();
    Node.Table defaults = reader.form.poolDefaults();
    return new LoadedConfig(
        config.orElseThrow(), PoolKeys.POOL.read(defaults, null, new Problems()).orElseThrow());
  }

  /** Checks what only the whole shows. What is wrong with the parts has been reported already. */
  private void checkWhole() {
    List<Section.Entry<ListenerConfig>> listeners =
        plain
            .child(Tables.LISTENERS)
            .map(node -> LobleKeys.LISTENER_LIST.entries(node, new Problems()))
            .orElse(List.of());
    checkThereAreListeners();
    listeners.forEach(this::checkPools);
    checkAddresses(listeners);
  }

  private void checkThereAreListeners() {
    Optional<Node> listeners = plain.child(Tables.LISTENERS);
    if (listeners.isEmpty() || (listeners.get() instanceof Node.Array a && a.items().isEmpty())) {
      problems.add(
          plain.place(),
          "no listener; add [listener] with address = \"0.0.0.0:9000\", or set LB_PORT");
    }
  }

  private void checkPools(Section.Entry<ListenerConfig> listener) {
    String pool = listener.record().pool();
    if (!pool.isEmpty()) {
      checkPool(pool, listener.values().place(LobleKeys.LISTENER_POOL));
    }
    listener
        .values()
        .node(FrontKeys.ROUTES)
        .map(node -> RouteKeys.LIST.entries(node, new Problems()))
        .orElse(List.of())
        .stream()
        .filter(route -> !route.record().pool().isEmpty())
        .forEach(route -> checkPool(route.record().pool(), route.values().place(RouteKeys.POOL)));
  }

  private void checkPool(String pool, Place place) {
    boolean readable = plain.child(Tables.POOLS).isEmpty() || plain.table(Tables.POOLS).isPresent();
    List<String> known =
        plain.table(Tables.POOLS).map(t -> List.copyOf(t.children().keySet())).orElse(List.of());
    if (readable && !known.contains(pool)) {
      problems.add(place, noSuchPool(pool, known));
    }
  }

  private static String noSuchPool(String pool, List<String> known) {
    if (pool.equals(PoolKeys.DEFAULT_POOL)) {
      return "there is no pool \"default\"; add [[backends]] with address = \"10.0.0.1:8080\","
          + " or set LB_BACKENDS"
          + (known.isEmpty() ? "" : ", or name one of the pools " + String.join(", ", known));
    }
    String key = Place.of("").child(Tables.POOLS).child(pool).key();
    String missing =
        "there is no pool \"" + pool + "\" (one is added with [[" + key + ".backends]])";
    return known.isEmpty() ? missing : missing + "; " + Spelling.hint(pool, known);
  }

  private void checkLoops(LobleConfig config) {
    ListenerLoops loops = new ListenerLoops(config.listeners(), config.pools());
    config
        .pools()
        .forEach(
            (name, pool) ->
                pool.backends()
                    .forEach(
                        backend ->
                            loops
                                .through(name, backend.address())
                                .ifPresent(own -> reportLoop(name, backend, own))));
  }

  private void reportLoop(String pool, BackendConfig backend, ListenerConfig own) {
    problems.add(
        placeOf(pool, backend),
        "%s is the listener \"%s\" of this process, whose clients would come back to it;"
                .formatted(backend.address(), own.name())
            + " name a server");
  }

  private Place placeOf(String pool, BackendConfig backend) {
    Node pools = plain.child(Tables.POOLS).orElse(plain);
    return plain
        .find(Tables.POOLS, pool, Tables.BACKENDS)
        .map(node -> new TableList<>(PoolKeys.BACKEND, List.of()).entries(node, new Problems()))
        .orElse(List.of())
        .stream()
        .filter(entry -> entry.record().equals(backend))
        .map(entry -> entry.values().place(PoolKeys.ADDRESS))
        .findFirst()
        .orElse(pools.place());
  }

  private void checkAddresses(List<Section.Entry<ListenerConfig>> listeners) {
    ListenAddresses addresses = new ListenAddresses();
    addresses.addListeners(listeners);
    Optional<Section.Entry<AdminConfig>> admin = entry("admin", AdminKeys.ADMIN);
    Optional<Section.Entry<MetricsConfig>> metrics = entry("metrics", ProcessKeys.METRICS);
    if (admin.isPresent() && metrics.isPresent()) {
      addresses.addAdmin(admin.get(), metrics.get());
    }
    addresses.check(problems);
  }

  private <R> Optional<Section.Entry<R>> entry(String name, Section<R> section) {
    Node node = plain.child(name).orElse(Node.Table.empty(plain.place().child(name)));
    return section.entry(node, null, new Problems());
  }
}
