package io.loble.upstream.discovery;

import static io.loble.net.dns.ScriptedNameServer.A;
import static io.loble.net.dns.ScriptedNameServer.AAAA;
import static io.loble.net.dns.ScriptedNameServer.REFUSED;
import static io.loble.net.dns.ScriptedNameServer.SERVFAIL;
import static io.loble.net.dns.ScriptedNameServer.SRV;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.aaaa;
import static io.loble.net.dns.ScriptedNameServer.code;
import static io.loble.net.dns.ScriptedNameServer.noSuchName;
import static io.loble.net.dns.ScriptedNameServer.nothing;
import static io.loble.net.dns.ScriptedNameServer.says;
import static io.loble.net.dns.ScriptedNameServer.saysOverTcp;
import static io.loble.net.dns.ScriptedNameServer.silence;
import static io.loble.net.dns.ScriptedNameServer.srv;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DnsLookups;
import io.loble.model.HostPort;
import io.loble.net.dns.ScriptedNameServer;
import io.loble.net.dns.ScriptedNameServer.Script;
import io.loble.net.dns.ScriptedNameServer.Sent;
import io.loble.upstream.discovery.Answer.Backends;
import io.loble.upstream.discovery.Answer.Failed;
import io.loble.upstream.discovery.Answer.NotFound;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which backends the servers of a service make. */
class SrvSourceTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final String NAME = "_pg._tcp.db.internal";

  private final ScriptedNameServer server = ScriptedNameServer.start();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
    server.close();
  }

  @Test
  void everyAddressOfEveryTargetIsABackend() {
    server
        .on(NAME, SRV, says(srv(20, 5, 5433, "b.test", 0), srv(10, 4, 5432, "A.test", 0)))
        .on("a.test", A, says(a("10.0.0.2", 0), a("10.0.0.1", 0)))
        .on("b.test", AAAA, says(aaaa("20010db8000000000000000000000001", 0)));
    try (SourceInTest source = start()) {
      source.untilBackends(
          "10.0.0.1:5432 w2 p0", "10.0.0.2:5432 w2 p0", "[2001:db8::1]:5433 w5 p1");
      server.on(NAME, SRV, says(srv(10, 3, 5432, "a.test", 0)));
      source.untilBackends("10.0.0.1:5432 w256 p0", "10.0.0.2:5432 w256 p0");
    }
  }

  @Test
  void aDotSaysThatThereIsNoService() {
    server.on(NAME, SRV, says(new Sent("", SRV, 0, Buffer.buffer(new byte[7]))));
    try (SourceInTest source = start()) {
      source.untilBackends();
    }
  }

  @Test
  void tellsMissingEmptyAndFailingServicesApart() {
    try (SourceInTest source = start()) {
      assertThat(source.until(NotFound.class::isInstance))
          .isEqualTo(new NotFound("there is no name _pg._tcp.db.internal"));
      server.on(NAME, SRV, nothing(0));
      source.untilBackends();
      server.on(NAME, SRV, code(REFUSED));
      assertThat(((Failed) source.until(Failed.class::isInstance)).why()).endsWith("REFUSED");
    }
  }

  @Test
  void aTargetThatCannotBeLookedUpKeepsWhatItHad() {
    server
        .on(NAME, SRV, says(srv(1, 1, 1, "a.test", 0), srv(1, 1, 1, "b.test", 0)))
        .on("a.test", A, says(a("10.0.0.1", 0)))
        .on("a.test", AAAA, nothing(0))
        .on("b.test", A, says(a("10.0.0.2", 0)));
    try (SourceInTest source = start()) {
      source.untilBackends("10.0.0.1:1 w1 p0", "10.0.0.2:1 w1 p0");
      server
          .on("a.test", A, code(SERVFAIL))
          .on("a.test", AAAA, code(SERVFAIL))
          .on("b.test", A, says(a("10.0.0.3", 0)));
      source.untilBackends("10.0.0.1:1 w1 p0", "10.0.0.3:1 w1 p0");
      // All of them: then nothing is known.
      server.on("b.test", A, code(SERVFAIL)).on("b.test", AAAA, code(SERVFAIL));
      assertThat(((Failed) source.until(Failed.class::isInstance)).why()).endsWith("SERVFAIL");
      // No such host is an answer.
      server.on("b.test", A, says(a("10.0.0.3", 0)));
      server.on("a.test", A, noSuchName(0)).on("a.test", AAAA, noSuchName(0));
      source.untilBackends("10.0.0.3:1 w1 p0");
    }
  }

  @Test
  void aTargetThatNeverAnsweredDoesNotHideTheOthers() {
    server
        .on(NAME, SRV, says(srv(1, 1, 1, "a.test", 0), srv(1, 1, 1, "b.test", 0)))
        .on("a.test", A, silence())
        .on("b.test", A, says(a("10.0.0.2", 0)));
    try (SourceInTest source = start(Duration.ofMillis(300))) {
      source.untilBackends("10.0.0.2:1 w1 p0");
      server.on("b.test", A, nothing(0));
      source.until(Failed.class::isInstance);
    }
  }

  @Test
  void asksForEachNameWhenItsOwnTimeHasCome() {
    server
        .on(NAME, SRV, says(srv(1, 1, 1, "a.test", 0), srv(1, 1, 1, "b.test", 0)))
        .on("a.test", A, says(a("10.0.0.1", 600)))
        .on("b.test", A, says(a("10.0.0.2", 0)));
    try (SourceInTest source = start()) {
      source.goesOnUntil(() -> server.asked("b.test", A).size() > 5);
      assertThat(server.asked("a.test", A)).hasSize(1);
      assertThat(server.asked(NAME, SRV)).hasSizeGreaterThan(4);
    }
  }

  @Test
  void thereCanBe5000OfThemButNotMoreThan10000() {
    List<Sent> targets =
        IntStream.range(0, 1000).mapToObj(i -> srv(1, 1, 1, "t" + i + ".test", 0)).toList();
    server.on(NAME, SRV, saysOverTcp(targets));
    IntStream.range(0, 1000).forEach(i -> server.on("t" + i + ".test", A, says(five(i, 600))));
    try (SourceInTest source = start()) {
      Backends found = (Backends) source.until(Backends.class::isInstance);
      assertThat(found.backends()).hasSize(5000).allMatch(backend -> backend.weight() == 256);

      Script more = saysOverTcp(IntStream.range(0, 3000).mapToObj(SrvSourceTest::one).toList());
      server.on(NAME, SRV, saysOverTcp(manyPorts())).on("fresh.test", A, more);
      assertThat(((Failed) source.until(Failed.class::isInstance)).why())
          .isEqualTo("it has more than 10000 addresses");
    }
  }

  /** The addresses of the host at four ports. */
  private static List<Sent> manyPorts() {
    return IntStream.range(1, 5).mapToObj(port -> srv(1, 1, port, "fresh.test", 0)).toList();
  }

  private static Sent one(int i) {
    return a("10.1." + i / 250 + "." + i % 250, 600);
  }

  private static Sent[] five(int target, long ttl) {
    return IntStream.range(0, 5)
        .mapToObj(i -> a("10." + i + "." + target / 250 + "." + (target % 250 + 1), ttl))
        .toArray(Sent[]::new);
  }

  private SourceInTest start() {
    return start(Duration.ofSeconds(20));
  }

  private SourceInTest start(Duration timeout) {
    return SourceInTest.start(
        vertx,
        new SrvSource(
            vertx,
            new Srv(NAME),
            new DnsLookups(
                SOON, LATE, List.of(new HostPort("127.0.0.1", server.port())), timeout)));
  }
}
