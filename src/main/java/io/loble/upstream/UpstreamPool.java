package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.Discovery;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendStats;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Source;
import io.loble.upstream.Shares.Candidate;
import io.loble.upstream.Shares.Share;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Clock;
import io.loble.upstream.member.ConfiguredMembers;
import io.loble.upstream.member.Member;
import io.loble.upstream.member.MemberChanges;
import io.loble.upstream.member.MemberId;
import io.loble.upstream.member.Membership;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pool: its settings, its members as its sources name them, and a monitor for each of them.
 * Members that left stay until they are forgotten.
 */
final class UpstreamPool {

  /** What is around all pools. */
  interface Owner extends PoolDiscovery.Factory {

    /** Makes the monitor of a member that joins. */
    BackendMonitor monitor(PoolConfig pool, BackendConfig backend, BackendStats stats);

    /** Shares have changed by themselves. */
    void sharesChanged();

    /** Sources have found other backends, which {@link UpstreamPool#takeFound} takes over. */
    void foundOthers();

    /** A source has another state now, or another reason for it. */
    void says(String pool, Discovered before, Discovered now);

    /** What a source has found was taken over. */
    void took(String pool, Discovered source, MemberChanges changes);
  }

  private final Owner owner;
  private final PoolStats stats;
  private final Membership membership = new Membership();
  private final ConfiguredMembers configured = new ConfiguredMembers();
  private final OutlierWatch outliers;
  private final LearntWeights weights;
  private final Map<MemberId, BackendMonitor> monitors = new HashMap<>();
  private final PoolDiscovery discovery;

  /** What the sources have found, as they say it. */
  private final Map<Source, List<BackendConfig>> found = new EnumMap<>(Source.class);

  /** Those of which that was not taken over as yet. */
  private final Set<Source> untaken = EnumSet.noneOf(Source.class);

  private @Nullable Pool known;
  private PoolConfig settings;
  private boolean removed;
  private boolean serves;

  /** The sources of which the process has begun without knowing what they would say. */
  private final Set<Source> starting = EnumSet.noneOf(Source.class);

  /**
   * A pool without members as yet.
   *
   * @param known the pool in a snapshot from before, whose counters are used further
   */
  UpstreamPool(PoolConfig settings, @Nullable Pool known, Owner owner, Clock clock) {
    this.settings = settings;
    this.known = known;
    this.stats = known == null ? new PoolStats() : known.stats();
    this.owner = owner;
    this.outliers = new OutlierWatch(clock, this::present);
    this.weights = new LearntWeights(clock, this::present, owner::sharesChanged);
    this.discovery = new PoolDiscovery(owner, stats.discovery(), clock, new Finder());
    configured.start(this::update);
    if (known != null) {
      known.backends().forEach(this::wasFound);
    }
  }

  /** The last good answer of a source is used until there is another, whoever has asked for it. */
  private void wasFound(Backend backend) {
    if (backend.source() != Source.CONFIGURATION && backend.mode() != BackendMode.LEAVING) {
      List<BackendConfig> all = found.computeIfAbsent(backend.source(), first -> new ArrayList<>());
      all.add(
          new BackendConfig(
              backend.name(),
              backend.address(),
              backend.weight(),
              backend.maxConnections(),
              backend.priority(),
              backend.mode()));
    }
  }

  /**
   * Takes over new settings, and the members that they name.
   *
   * @param awaited whether the process is not ready before what it finds by itself is known
   */
  void configure(PoolConfig next, boolean awaited) {
    settings = next;
    removed = false;
    configured.configure(next.backends());
    if (awaited) {
      next.discovery().sources().forEach(source -> starting.add(source.kind()));
    }
    discovery.follow(next.discovery(), awaited, found);
    found.replaceAll((source, all) -> next.discovery().has(source) ? all : List.of());
    untaken.addAll(found.keySet());
    takeFound();
    serves = true;
    outliers.follow(next.resilience().ejection());
    weights.follow(next.rules().balancing());
  }

  /** The pool was removed: all its members leave. */
  void remove() {
    configure(settings.withBackends(List.of()).withDiscovery(Discovery.OFF), false);
    removed = true;
    outliers.stop();
    weights.stop();
  }

  void stop() {
    configured.stop();
    discovery.stop();
    outliers.stop();
    weights.stop();
    membership.present().forEach(member -> monitor(member).stop());
  }

  /** The backend of that name and address, unless it has left. */
  @Nullable BackendMonitor find(String name, String address) {
    Member member = membership.find(name);
    return member != null && member.config().address().toString().equals(address)
        ? monitor(member)
        : null;
  }

  /** All backends, those that are leaving included. */
  Stream<BackendMonitor> all() {
    return Stream.concat(membership.present().stream(), membership.leaving().stream())
        .map(this::monitor);
  }

  /** Forgets a backend that was leaving. */
  void forget(BackendMonitor gone) {
    MemberId id = new MemberId(gone.name(), gone.address());
    membership.forget(id);
    monitors.remove(id);
    gone.stop();
  }

  /** Whether nothing is left of a pool that was removed. */
  boolean isGone() {
    return removed && membership.leaving().isEmpty();
  }

  /** The pool as proxies are to see it. */
  Pool snapshot() {
    List<Member> members = visible();
    List<Share> shares =
        Shares.of(
            members.stream().map(member -> candidate(monitor(member))).toList(),
            settings.resilience().panicThreshold());
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      backends.add(Snapshots.backend(monitor(member), shares.get(i), member.source()));
    }
    return Snapshots.pool(settings, backends, stats);
  }

  /**
   * Names are unique: of those that share one, the present member is shown, or the last that left.
   */
  private List<Member> visible() {
    Map<String, Member> visible = new LinkedHashMap<>();
    membership.present().forEach(member -> visible.put(member.config().name(), member));
    Map<String, Member> going = new LinkedHashMap<>();
    membership.leaving().stream()
        .filter(member -> !visible.containsKey(member.config().name()))
        .forEach(member -> going.put(member.config().name(), member));
    visible.putAll(going);
    return List.copyOf(visible.values());
  }

  private static Candidate candidate(BackendMonitor monitor) {
    return new Candidate(
        monitor.config().weight(),
        monitor.share(),
        monitor.config().priority(),
        monitor.mode(),
        monitor.state());
  }

  /** Whether it can do without one more of its backends. */
  boolean mayEject(BackendMonitor backend) {
    return EjectionBound.allows(backend, present(), settings.resilience().ejection().maxShare());
  }

  private List<BackendMonitor> present() {
    return membership.present().stream().map(this::monitor).toList();
  }

  /** Takes over what sources have found since this was called last. */
  void takeFound() {
    for (Source source : List.copyOf(untaken)) {
      MemberChanges changes =
          update(source, discovery.asSet(found.getOrDefault(source, List.of())));
      DiscoveryStats.OfSource stated = stats.discovery().of(source);
      if (stated != null) {
        owner.took(settings.name(), stated.now(), changes.of(source));
      }
    }
    starting.removeAll(untaken);
    untaken.clear();
    found.values().removeIf(List::isEmpty);
    if (discovery.hasAnswered()) {
      known = null;
    }
  }

  private MemberChanges update(Source source, List<BackendConfig> members) {
    MemberChanges changes = membership.update(source, members);
    changes.joined().forEach(this::join);
    changes.returned().forEach(this::configure);
    changes.stayed().forEach(this::configure);
    changes.left().forEach(member -> monitor(member).leave());
    return changes;
  }

  /** What its sources tell. */
  private final class Finder implements FoundBackends.Owner {

    @Override
    public void found(FoundBackends by, List<BackendConfig> backends) {
      found.put(by.kind(), backends);
      untaken.add(by.kind());
      owner.foundOthers();
    }

    @Override
    public void says(FoundBackends by, Discovered before, Discovered now) {
      owner.says(settings.name(), before, now);
    }
  }

  private void join(Member member) {
    BackendConfig config = member.config();
    BackendMonitor monitor = owner.monitor(settings, config, knownStats(member.id()));
    monitors.put(member.id(), monitor);
    if (serves && !starting.contains(member.source())) {
      monitor.warmUp();
    }
  }

  private void configure(Member member) {
    monitor(member).configure(settings, member.config());
  }

  private BackendStats knownStats(MemberId id) {
    return known == null
        ? new BackendStats()
        : known.backends().stream()
            .filter(backend -> new MemberId(backend.name(), backend.address()).equals(id))
            .findFirst()
            .map(Backend::stats)
            .orElseGet(BackendStats::new);
  }

  private BackendMonitor monitor(Member member) {
    BackendMonitor monitor = monitors.get(member.id());
    if (monitor == null) {
      throw new IllegalStateException("no monitor for " + member.id());
    }
    return monitor;
  }
}
