package io.loble.upstream.discovery;

import static io.loble.net.dns.ScriptedNameServer.A;
import static io.loble.net.dns.ScriptedNameServer.AAAA;
import static io.loble.net.dns.ScriptedNameServer.REFUSED;
import static io.loble.net.dns.ScriptedNameServer.SERVFAIL;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.aaaa;
import static io.loble.net.dns.ScriptedNameServer.code;
import static io.loble.net.dns.ScriptedNameServer.nothing;
import static io.loble.net.dns.ScriptedNameServer.says;
import static io.loble.net.dns.ScriptedNameServer.silence;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DnsLookups;
import io.loble.model.HostPort;
import io.loble.net.dns.ScriptedNameServer;
import io.loble.net.dns.ScriptedNameServer.Asked;
import io.loble.upstream.discovery.Answer.Backends;
import io.loble.upstream.discovery.Answer.Failed;
import io.loble.upstream.discovery.Answer.NotFound;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which backends the addresses of a name make, and when it is asked for again. */
class DnsSourceTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final String NAME = "db.internal";

  private final ScriptedNameServer server = ScriptedNameServer.start();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
    server.close();
  }

  @Test
  void everyAddressIsABackendNamedByItInAnOrderOfItsOwn() {
    server
        .on(NAME, A, says(a("10.0.0.10", 0), a("10.0.0.9", 0), a("10.0.0.9", 0), a("0.0.0.0", 0)))
        .on(NAME, AAAA, says(aaaa("20010db8000000000000000000000001", 0)));
    try (SourceInTest source = start(SOON, LATE)) {
      source.untilBackends(
          "10.0.0.9:5432 w1 p0", "10.0.0.10:5432 w1 p0", "[2001:db8::1]:5432 w1 p0");
      Answer first = source.last();
      server.on(NAME, A, says(a("10.0.0.9", 0), a("10.0.0.10", 0)));
      int answers = source.answers().size();
      source.goesOnUntil(() -> source.answers().size() > answers + 2);
      assertThat(source.last()).isEqualTo(first);
    }
  }

  @Test
  void followsWhatChanges() {
    server.on(NAME, A, says(a("10.0.0.1", 0)));
    try (SourceInTest source = start(SOON, LATE)) {
      source.untilBackends("10.0.0.1:5432 w1 p0");
      server.on(NAME, A, says(a("10.0.0.1", 0), a("10.0.0.2", 0)));
      source.untilBackends("10.0.0.1:5432 w1 p0", "10.0.0.2:5432 w1 p0");
      server.on(NAME, A, nothing(0)).on(NAME, AAAA, nothing(0));
      assertThat(source.until(Backends.class::isInstance)).isNotNull();
      source.untilBackends();
    }
  }

  @Test
  void tellsAMissingNameFromAFailureAndRecovers() {
    try (SourceInTest source = start(SOON, SOON)) {
      assertThat(source.until(NotFound.class::isInstance))
          .isEqualTo(new NotFound("there is no name db.internal"));
      server.always(code(REFUSED));
      Failed failed = (Failed) source.until(Failed.class::isInstance);
      assertThat(failed.why()).contains("db.internal").endsWith("answers REFUSED");
      server.always(says(a("10.0.0.1", 0)));
      source.untilBackends("10.0.0.1:5432 w1 p0");
    }
  }

  @Test
  void silenceIsAFailure() {
    server.always(silence());
    DnsSource impatient = source(NAME, SOON, LATE, Duration.ofMillis(400));
    try (SourceInTest source = SourceInTest.start(vertx, impatient)) {
      Failed failed = (Failed) source.until(Failed.class::isInstance);
      assertThat(failed.why()).endsWith("does not answer within 400 ms");
    }
  }

  @Test
  void isNotAskedForBeforeItsTimeAndThenIs() {
    server.on(NAME, A, says(a("10.0.0.1", 1))).on(NAME, AAAA, nothing(1000));
    try (SourceInTest source = start(SOON, LATE)) {
      source.goesOnUntil(() -> server.asked(NAME, A).size() == 3);
      assertThat(shortestGap()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void aLongTtlIsBounded() {
    server.on(NAME, A, says(a("10.0.0.1", 86400)));
    try (SourceInTest source = start(SOON, Duration.ofMillis(300))) {
      source.goesOnUntil(() -> server.asked(NAME, A).size() == 4);
      assertThat(shortestGap()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void aTtlOfZeroIsBoundedToo() {
    server.on(NAME, A, says(a("10.0.0.1", 0))).on(NAME, AAAA, nothing(0));
    try (SourceInTest source = start(Duration.ofMillis(200), LATE)) {
      source.goesOnUntil(() -> server.asked(NAME, A).size() == 4);
      assertThat(shortestGap()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void asksLessOftenTheLongerItFails() {
    server.always(code(SERVFAIL));
    try (SourceInTest source = start(SOON, LATE)) {
      source.goesOnUntil(() -> server.asked(NAME, A).size() == 5);
      List<Duration> gaps = gaps();
      assertThat(gaps.get(0)).isGreaterThanOrEqualTo(SOON);
      // Twice as long each time, less a fifth.
      assertThat(gaps.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
      assertThat(gaps.get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(160));
      assertThat(gaps.get(3)).isGreaterThanOrEqualTo(Duration.ofMillis(320));
    }
  }

  @Test
  void saysNothingAndAsksNothingOnceItIsStopped() {
    server.on(NAME, A, says(a("10.0.0.1", 0))).on(NAME, AAAA, silence());
    SourceInTest source = start(SOON, LATE);
    await().atMost(20, SECONDS).until(() -> !server.asked(NAME, AAAA).isEmpty());
    source.close();
    int answers = source.answers().size();
    int asked = server.asked().size();
    // Another one asks often in the meantime.
    DnsSource often = source("other.internal", SOON, SOON);
    try (SourceInTest other = SourceInTest.start(vertx, often)) {
      other.goesOnUntil(() -> other.answers().size() > 10);
    }
    assertThat(source.answers()).hasSize(answers);
    assertThat(server.asked().subList(asked, server.asked().size()))
        .extracting(Asked::name)
        .containsOnly("other.internal");
  }

  private SourceInTest start(Duration least, Duration most) {
    return SourceInTest.start(vertx, source(NAME, least, most));
  }

  private DnsSource source(String name, Duration least, Duration most) {
    return source(name, least, most, Duration.ofSeconds(20));
  }

  private DnsSource source(String name, Duration least, Duration most, Duration timeout) {
    return new DnsSource(
        vertx,
        new Dns(new HostPort(name, 5432)),
        new DnsLookups(least, most, List.of(new HostPort("127.0.0.1", server.port())), timeout));
  }

  private Duration shortestGap() {
    return gaps().stream().min(Duration::compareTo).orElseThrow();
  }

  private List<Duration> gaps() {
    List<Asked> asked = server.asked(NAME, A);
    return IntStream.range(1, asked.size())
        .mapToObj(i -> Duration.ofNanos(asked.get(i).nanos() - asked.get(i - 1).nanos()))
        .toList();
  }
}
