package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.Circuit;
import io.loble.config.Discovery;
import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.config.Ejection;
import io.loble.config.FoundSettings;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.HostPort;
import io.loble.model.Source;
import io.loble.upstream.discovery.Answer;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.health.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sources find becomes backends of a pool, beside those that the configuration names. */
class FoundInPoolTest {

  private static final DiscoverySource DNS = new DiscoverySource.Dns(new HostPort("db.test", 80));
  private static final DiscoverySource FILE = new DiscoverySource.Targets(Path.of("targets.json"));

  private final PoolConfig settings = new TestConfig().build().pools().values().iterator().next();
  private final PoolInTime inTime = new PoolInTime(settings);
  private final ManualClock clock = inTime.clock();
  private final TestPoolOwner owner = inTime.owner();
  private final UpstreamPool pool = inTime.pool();

  @AfterEach
  void stop() {
    inTime.close();
  }

  @Test
  void whatIsFoundStandsBesideWhatIsNamed() {
    pool.configure(with(discovery(Optional.empty(), DNS), backend("named", "10.0.0.1")), true);
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    assertThat(names()).containsExactly("named", "10.0.0.2:80");
    assertThat(pool.snapshot().backends())
        .extracting(Backend::source)
        .containsExactly(Source.CONFIGURATION, Source.DNS);
  }

  @Test
  void aBackendThatIsFoundAgainKeepsItsCountersAndOneThatIsNotLeaves() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    BackendStats first = pool.snapshot().backends().get(0).stats();
    answer(DNS, found("10.0.0.3"), found("10.0.0.1"));
    assertThat(find("10.0.0.1:80").stats()).isSameAs(first);
    assertThat(find("10.0.0.2:80").mode()).isEqualTo(BackendMode.LEAVING);
    assertThat(owner.taken.get(owner.taken.size() - 1).left()).hasSize(1);
  }

  @Test
  void theSameAnswerAgainChangesNothing() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    int before = owner.finds;
    answer(DNS, found("10.0.0.1"));
    assertThat(owner.finds).isEqualTo(before);
    assertThat(said(Source.DNS).total(Discovered.State.OK)).isEqualTo(2);
  }

  @Test
  void aSourceThatFailsKeepsWhatItHasFound() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    tell(DNS, new Answer.Failed("no answer"));
    tell(DNS, new Answer.NotFound("no such name"));
    clock.pass(Duration.ofDays(1).toMillis());
    pool.takeFound();
    assertThat(names()).containsExactly("10.0.0.1:80");
    assertThat(said(Source.DNS).now().state()).isEqualTo(Discovered.State.NOT_FOUND);
    assertThat(said(Source.DNS).now().backends()).isEqualTo(1);
  }

  @Test
  void whatASourceHasFoundIsKeptForAsLongAsItIsToBe() {
    pool.configure(with(discovery(Optional.of(Duration.ofSeconds(10)), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    tell(DNS, new Answer.Failed("no answer"));
    clock.pass(9_999);
    tell(DNS, new Answer.Failed("still none"));
    pool.takeFound();
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.READY);
    clock.pass(1);
    pool.takeFound();
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.LEAVING);
    answer(DNS, found("10.0.0.1"));
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.READY);
  }

  @Test
  void anEmptyAnswerEmptiesThePool() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    answer(DNS);
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.LEAVING);
    assertThat(said(Source.DNS).now().state()).isEqualTo(Discovered.State.EMPTY);
  }

  @Test
  void whatIsSetOfOneBackendOutlivesRefreshes() {
    Map<String, FoundSettings> set =
        Map.of(
            "10.0.0.1:80",
            new FoundSettings(
                Optional.of(7),
                Optional.empty(),
                Optional.empty(),
                Optional.of(BackendMode.DRAIN)));
    PoolConfig plain = with(discovery(Optional.empty(), DNS));
    pool.configure(plain, true);
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    pool.configure(plain.withDiscovery(plain.discovery().withBackends(set)), false);
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.DRAIN);
    answer(DNS, found("10.0.0.2"), found("10.0.0.1"), found("10.0.0.3"));
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.DRAIN);
    assertThat(find("10.0.0.1:80").weight()).isEqualTo(7);
    pool.configure(plain, false);
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.READY);
    assertThat(find("10.0.0.1:80").weight()).isEqualTo(1);
  }

  @Test
  void sourcesAreMergedAndEndByThemselves() {
    pool.configure(with(discovery(Optional.empty(), DNS, FILE)), true);
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    answer(FILE, found("10.0.0.2"), found("10.0.0.3"));
    assertThat(names()).containsExactly("10.0.0.2:80", "10.0.0.3:80", "10.0.0.1:80");
    assertThat(find("10.0.0.2:80").source()).isEqualTo(Source.FILE);
    pool.configure(with(discovery(Optional.empty(), DNS)), false);
    assertThat(find("10.0.0.2:80").source()).isEqualTo(Source.DNS);
    assertThat(find("10.0.0.3:80").mode()).isEqualTo(BackendMode.LEAVING);
    assertThat(owner.asked).containsOnlyKeys(DNS);
    assertThat(pool.snapshot().stats().discovery().of(Source.FILE)).isNull();
  }

  @Test
  void anotherNameKeepsTheOldBackendsUntilItIsAnswered() {
    DiscoverySource other = new DiscoverySource.Dns(new HostPort("other.test", 80));
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    pool.configure(with(discovery(Optional.empty(), other)), false);
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.READY);
    answer(other, found("10.0.0.9"));
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.LEAVING);
    assertThat(find("10.0.0.9:80").mode()).isEqualTo(BackendMode.READY);
  }

  @Test
  void anotherNameThatHasNoBackendsEmptiesThePool() {
    DiscoverySource other = new DiscoverySource.Dns(new HostPort("other.test", 80));
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    pool.configure(with(discovery(Optional.empty(), other)), false);
    answer(other);
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.LEAVING);
    assertThat(said(Source.DNS).changes()).isEqualTo(1);
  }

  @Test
  void whatIsKeptOfTheFormerNameIsKeptForAsLongAsItIsToBe() {
    DiscoverySource other = new DiscoverySource.Dns(new HostPort("other.test", 80));
    Optional<Duration> keep = Optional.of(Duration.ofSeconds(10));
    pool.configure(with(discovery(keep, DNS)), true);
    answer(DNS, found("10.0.0.1"));
    pool.configure(with(discovery(keep, other)), false);
    assertThat(said(Source.DNS).now().backends()).isEqualTo(1);
    tell(other, new Answer.Failed("no answer"));
    clock.pass(9_999);
    pool.takeFound();
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.READY);
    clock.pass(1);
    pool.takeFound();
    assertThat(find("10.0.0.1:80").mode()).isEqualTo(BackendMode.LEAVING);
  }

  @Test
  void whoTakesOverBeginsWithTheLastGoodAnswer() {
    PoolConfig config = with(discovery(Optional.empty(), DNS));
    pool.configure(config, true);
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    BackendStats first = find("10.0.0.1:80").stats();
    UpstreamPool next = new UpstreamPool(config, pool.snapshot(), owner, clock);
    next.configure(config, true);
    assertThat(next.snapshot().backends())
        .extracting(Backend::name)
        .containsExactly("10.0.0.1:80", "10.0.0.2:80");
    assertThat(next.snapshot().backends().get(0).stats()).isSameAs(first);
    assertThat(next.snapshot().stats().discovery().isAwaited(clock.nanos())).isFalse();
    tell(DNS, new Answer.Backends(List.of(found("10.0.0.1"))));
    next.takeFound();
    assertThat(next.snapshot().backends())
        .extracting(Backend::mode)
        .containsExactly(BackendMode.READY, BackendMode.LEAVING);
    next.stop();
  }

  @Test
  void whoTakesOverWithoutASourceHasNothingOfIt() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS, found("10.0.0.1"));
    PoolConfig without = with(Discovery.OFF);
    UpstreamPool next = new UpstreamPool(without, pool.snapshot(), owner, clock);
    next.configure(without, true);
    assertThat(next.snapshot().backends()).isEmpty();
    next.stop();
  }

  @Test
  void onlyWhatComesWhileThePoolServesWarmsUp() {
    Resilience slow = new Resilience(Duration.ofSeconds(30), 0, Ejection.OFF, Circuit.OFF);
    pool.configure(with(discovery(Optional.empty(), DNS)).withResilience(slow), true);
    answer(DNS, found("10.0.0.1"));
    answer(DNS, found("10.0.0.1"), found("10.0.0.2"));
    assertThat(find("10.0.0.1:80").state()).isEqualTo(BackendState.HEALTHY);
    assertThat(find("10.0.0.2:80").state()).isEqualTo(BackendState.WARMING);
  }

  @Test
  void otherNameServersAreNoReasonToReadFilesAnew() {
    PoolConfig both = with(discovery(Optional.empty(), DNS, FILE));
    pool.configure(both, true);
    EndpointSource.Listener ofFile = owner.asked.get(FILE);
    EndpointSource.Listener ofDns = owner.asked.get(DNS);
    Discovery known = both.discovery();
    DnsLookups others =
        new DnsLookups(
            known.dns().minTtl(),
            known.dns().maxTtl(),
            List.of(new HostPort("10.0.0.53", 53)),
            known.dns().timeout());
    pool.configure(
        both.withDiscovery(
            new Discovery(
                known.sources(), others, known.keep(), known.startTimeout(), 0, Map.of())),
        false);
    assertThat(owner.asked.get(FILE)).isSameAs(ofFile);
    assertThat(owner.asked.get(DNS)).isNotSameAs(ofDns);
  }

  @Test
  void theProcessWaitsForTheFirstAnswerForSoLong() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    DiscoveryStats stats = pool.snapshot().stats().discovery();
    tell(DNS, new Answer.Failed("no answer"));
    assertThat(stats.isAwaited(clock.nanos())).isTrue();
    clock.pass(Discovery.OFF.startTimeout().toMillis());
    assertThat(stats.isAwaited(clock.nanos())).isFalse();
  }

  @Test
  void aReloadMakesNobodyWait() {
    pool.configure(with(discovery(Optional.empty(), DNS)), false);
    assertThat(pool.snapshot().stats().discovery().isAwaited(clock.nanos())).isFalse();
  }

  @Test
  void theFirstAnswerEndsTheWait() {
    pool.configure(with(discovery(Optional.empty(), DNS)), true);
    answer(DNS);
    assertThat(pool.snapshot().stats().discovery().isAwaited(clock.nanos())).isFalse();
  }

  private PoolConfig with(Discovery discovery, BackendConfig... backends) {
    return settings.withBackends(List.of(backends)).withDiscovery(discovery);
  }

  private static Discovery discovery(Optional<Duration> keep, DiscoverySource... sources) {
    return new Discovery(
        List.of(sources), DnsLookups.DEFAULT, keep, Discovery.OFF.startTimeout(), 0, Map.of());
  }

  private static BackendConfig found(String ip) {
    return backend(ip + ":80", ip);
  }

  private static BackendConfig backend(String name, String ip) {
    return new BackendConfig(name, new HostPort(ip, 80), 1, 0);
  }

  private void answer(DiscoverySource from, BackendConfig... backends) {
    tell(from, new Answer.Backends(Arrays.asList(backends)));
    pool.takeFound();
  }

  private void tell(DiscoverySource from, Answer answer) {
    EndpointSource.Listener listener = Objects.requireNonNull(owner.asked.get(from));
    listener.answered(answer);
  }

  private DiscoveryStats.OfSource said(Source source) {
    return Objects.requireNonNull(pool.snapshot().stats().discovery().of(source));
  }

  private List<String> names() {
    return pool.snapshot().backends().stream().map(Backend::name).toList();
  }

  private Backend find(String name) {
    return pool.snapshot().backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
