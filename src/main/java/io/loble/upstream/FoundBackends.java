package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.Discovery;
import io.loble.config.DiscoverySource;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.Source;
import io.loble.upstream.discovery.Answer;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.health.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one source finds for one pool: the backends of its last good answer, for as long as they are
 * to be used when no other good answer comes. Used on one context.
 */
final class FoundBackends implements EndpointSource.Listener {

  /** Hears of it. */
  interface Owner {

    /** The source has other backends now. */
    void found(FoundBackends by, List<BackendConfig> backends);

    /** The source has another state now, or says something else about it. */
    void says(FoundBackends by, Discovered before, Discovered now);
  }

  private final DiscoverySource source;
  private final EndpointSource asked;
  private final DiscoveryStats.OfSource stats;
  private final Clock clock;
  private final Owner owner;
  private Optional<Duration> keep;
  private List<BackendConfig> backends = List.of();
  private boolean everFound;
  private @Nullable Runnable expiry;

  FoundBackends(
      DiscoverySource source,
      EndpointSource asked,
      DiscoveryStats.OfSource stats,
      Optional<Duration> keep,
      Clock clock,
      Owner owner) {
    this.source = source;
    this.asked = asked;
    this.stats = stats;
    this.keep = keep;
    this.clock = clock;
    this.owner = owner;
  }

  /**
   * Begins with what was found in its place before, which stays in use until its first good answer,
   * for as long as it may.
   */
  void beginWith(List<BackendConfig> before) {
    backends = before;
    if (!backends.isEmpty()) {
      stats.say(stats.now().using(backends.size()));
      expireLater();
    }
  }

  void start() {
    asked.start(this);
  }

  void stop() {
    cancelExpiry();
    asked.stop();
  }

  Source kind() {
    return source.kind();
  }

  /** What is looked up. */
  DiscoverySource source() {
    return source;
  }

  /** Whether it depends on how names are looked up. */
  boolean asksNameServers() {
    return kind() == Source.DNS || kind() == Source.SRV;
  }

  /** Whether there was an answer that says who is there. */
  boolean hasAnswered() {
    return everFound;
  }

  /** How long its last good answer is used from now on. */
  void follow(Discovery settings) {
    if (!keep.equals(settings.keep())) {
      keep = settings.keep();
      cancelExpiry();
      if (!stats.now().state().isGood()) {
        expireLater();
      }
    }
  }

  @Override
  public void answered(Answer answer) {
    if (answer instanceof Answer.Backends good) {
      answered(good.backends());
    } else if (answer instanceof Answer.NotFound none) {
      failed(Discovered.State.NOT_FOUND, none.why());
    } else if (answer instanceof Answer.Failed failure) {
      failed(Discovered.State.FAILED, failure.why());
    }
  }

  private void answered(List<BackendConfig> now) {
    cancelExpiry();
    say(stats.now().answered(now.size()));
    everFound = true;
    if (!now.equals(backends)) {
      use(now);
    }
  }

  private void failed(Discovered.State state, String why) {
    boolean wasGood = stats.now().state().isGood();
    say(stats.now().failed(state, why));
    if (wasGood) {
      expireLater();
    }
  }

  private void say(Discovered now) {
    Discovered before = stats.now();
    stats.say(now);
    stats.count(now.state());
    if (before.state() != now.state() || !before.detail().equals(now.detail())) {
      owner.says(this, before, now);
    }
  }

  private void use(List<BackendConfig> now) {
    backends = now;
    stats.countChange();
    owner.found(this, now);
  }

  // The last good answer.

  private void expireLater() {
    if (keep.isPresent() && expiry == null && !backends.isEmpty()) {
      expiry = clock.after(Math.max(1, keep.get().toMillis()), this::expire);
    }
  }

  private void expire() {
    expiry = null;
    stats.say(stats.now().using(0));
    use(List.of());
  }

  private void cancelExpiry() {
    if (expiry != null) {
      expiry.run();
      expiry = null;
    }
  }
}
