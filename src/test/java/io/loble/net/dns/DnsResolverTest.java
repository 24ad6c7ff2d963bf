package io.loble.net.dns;

import static io.loble.net.dns.ScriptedNameServer.A;
import static io.loble.net.dns.ScriptedNameServer.AAAA;
import static io.loble.net.dns.ScriptedNameServer.ANSWER;
import static io.loble.net.dns.ScriptedNameServer.REFUSED;
import static io.loble.net.dns.ScriptedNameServer.SERVFAIL;
import static io.loble.net.dns.ScriptedNameServer.SRV;
import static io.loble.net.dns.ScriptedNameServer.TRUNCATED;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.aaaa;
import static io.loble.net.dns.ScriptedNameServer.cname;
import static io.loble.net.dns.ScriptedNameServer.code;
import static io.loble.net.dns.ScriptedNameServer.message;
import static io.loble.net.dns.ScriptedNameServer.noSuchName;
import static io.loble.net.dns.ScriptedNameServer.nothing;
import static io.loble.net.dns.ScriptedNameServer.says;
import static io.loble.net.dns.ScriptedNameServer.saysOverTcp;
import static io.loble.net.dns.ScriptedNameServer.silence;
import static io.loble.net.dns.ScriptedNameServer.srv;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.AddressBits;
import io.loble.model.ClosedPort;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.NoSuchName;
import io.loble.net.dns.Reply.Nothing;
import io.loble.net.dns.ScriptedNameServer.Asked;
import io.loble.net.dns.ScriptedNameServer.Script;
import io.loble.net.dns.ScriptedNameServer.Sent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of names by name servers that answer in all ways, or not at all. */
class DnsResolverTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** For servers that are silent. */
  private static final Duration SHORT = Duration.ofMillis(150);

  private static final String NAME = "db.internal";

  private final ScriptedNameServer server = ScriptedNameServer.start();
  private final ScriptedNameServer second = ScriptedNameServer.start();
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .setHostsValue(Buffer.buffer("10.9.9.9 fixed\n::9 fixed\n"))
                      .setSearchDomains(List.of("one.test", "two.test"))
                      .setNdots(1)));
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
    server.close();
    second.close();
  }

  @Test
  void hasTheAddressesOfBothFamiliesAndTheLeastTtl() {
    server
        .on(NAME, A, says(a("10.0.0.2", 30), a("10.0.0.1", 20)))
        .on(NAME, AAAA, says(aaaa("20010db8000000000000000000000001", 40)));
    Found<InetAddress> found = found(look(resolver(LONG)));
    assertThat(texts(found)).containsExactly("10.0.0.2", "10.0.0.1", "2001:db8::1");
    assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void takesAnIpv4AddressThatIsWrittenAsAnIpv6OneForWhatItIs() {
    server
        .on(NAME, A, says(a("10.0.0.1", 20)))
        .on(NAME, AAAA, says(aaaa("00000000000000000000ffff0a000001", 20)));
    assertThat(texts(found(look(resolver(LONG))))).containsExactly("10.0.0.1");
  }

  @Test
  void oneFamilyIsEnough() {
    server.on(NAME, A, says(a("10.0.0.1", 7))).on(NAME, AAAA, nothing(3));
    DnsResolver resolver = resolver(LONG);
    assertThat(texts(found(look(resolver)))).containsExactly("10.0.0.1");
    assertThat(found(look(resolver)).ttl()).isEqualTo(Duration.ofSeconds(7));

    server.on(NAME, A, code(SERVFAIL)).on(NAME, AAAA, says(aaaa("0".repeat(31) + "1", 7)));
    assertThat(texts(found(look(resolver)))).containsExactly("::1");

    // What some servers say of a name that they have no such address of.
    server.on(NAME, A, noSuchName(60));
    assertThat(texts(found(look(resolver)))).containsExactly("::1");
  }

  @Test
  void aFamilyThatFailsKeepsWhatItHad() {
    server.on(NAME, A, says(a("10.0.0.1", 7))).on(NAME, AAAA, says(aaaa("0".repeat(31) + "1", 5)));
    Lookup<InetAddress> lookup = lookup(resolver(LONG), NAME + ".");
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.1", "::1");

    server.on(NAME, A, says(a("10.0.0.2", 7))).on(NAME, AAAA, code(SERVFAIL));
    Found<InetAddress> found = found(look(lookup));
    assertThat(texts(found)).containsExactly("10.0.0.2", "::1");
    assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(7));

    server.on(NAME, AAAA, nothing(5));
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.2");
    server.on(NAME, AAAA, code(SERVFAIL));
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.2");
  }

  @Test
  void tellsANameWithoutAddressesFromOneThatDoesNotExist() {
    DnsResolver resolver = resolver(LONG);
    server.on(NAME, A, nothing(9)).on(NAME, AAAA, nothing(8));
    assertThat(look(resolver)).isEqualTo(new Nothing<>(Optional.of(Duration.ofSeconds(8))));
    server.on(NAME, A, noSuchName(9)).on(NAME, AAAA, noSuchName(9));
    assertThat(look(resolver)).isEqualTo(new NoSuchName<>(Optional.of(Duration.ofSeconds(9))));
    server.on(NAME, AAAA, nothing(30));
    assertThat(look(resolver)).isEqualTo(new Nothing<>(Optional.of(Duration.ofSeconds(9))));
    server.on(NAME, AAAA, code(SERVFAIL));
    assertThat(look(resolver)).isInstanceOf(Failed.class);
  }

  @Test
  void saysWhatWentWrong() {
    DnsResolver resolver = resolver(LONG);
    server.always(code(SERVFAIL));
    assertThat(failure(look(resolver))).endsWith(":" + server.port() + " answers SERVFAIL");
    server.always(code(REFUSED));
    assertThat(failure(look(resolver))).endsWith(" answers REFUSED");
    server.always((query, tcp) -> List.of(message(query, 0x8100, List.of(), List.of())));
    assertThat(failure(look(resolver))).endsWith(" only refers to other name servers");

    server.always(silence());
    Reply<InetAddress> silent = look(resolver(SHORT));
    assertThat(failure(silent)).endsWith(" does not answer within 150 ms");
    assertThat(((Failed<InetAddress>) silent).silent()).isTrue();
  }

  @Test
  void asksASilentServerOnceMore() {
    server.always(silence());
    look(resolver(SHORT));
    assertThat(server.asked(NAME, A)).hasSize(2);
    assertThat(server.asked(NAME, AAAA)).hasSize(2);
  }

  @Test
  void asksTheNextServerWhereTheFirstIsSilentAndThatOneFirstFromThenOn() {
    server.always(silence());
    second.on(NAME, A, says(a("10.0.0.1", 7)));
    DnsResolver resolver = resolver(Duration.ofSeconds(1), server.address(), second.address());
    assertThat(texts(found(look(resolver)))).containsExactly("10.0.0.1");
    int asked = server.asked().size();
    assertThat(texts(found(look(resolver)))).containsExactly("10.0.0.1");
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void asksTheNextServerWhereTheFirstFailsOrNobodyListens() throws Exception {
    second.on(NAME, A, says(a("10.0.0.1", 7)));
    server.always(code(REFUSED));
    assertThat(texts(found(look(resolver(LONG, server.address(), second.address())))))
        .containsExactly("10.0.0.1");
    InetSocketAddress closed =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ClosedPort.next());
    assertThat(texts(found(look(resolver(LONG, closed, second.address())))))
        .containsExactly("10.0.0.1");
    assertThat(failure(look(resolver(LONG, closed))))
        .endsWith(" cannot be asked: connection refused");
  }

  @Test
  void takesTheAnswerOfTheFirstServerThatSaysThereIsNoSuchName() {
    server.on(NAME, A, noSuchName(5)).on(NAME, AAAA, noSuchName(5));
    second.on(NAME, A, says(a("10.0.0.1", 7)));
    assertThat(look(resolver(LONG, server.address(), second.address())))
        .isInstanceOf(NoSuchName.class);
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void hasAnAnswerOf500RecordsOverTcp() {
    List<Sent> records =
        IntStream.range(0, 500).mapToObj(i -> a("10.0." + i / 250 + "." + i % 250, 5)).toList();
    server.on(NAME, A, saysOverTcp(records)).on(NAME, AAAA, nothing(5));
    assertThat(found(look(resolver(LONG))).values()).hasSize(500);
    assertThat(server.asked(NAME, A)).extracting(Asked::tcp).containsExactly(false, true);
  }

  @Test
  void hasAsManyAddressesAsOneMessageHolds() {
    List<Sent> records =
        IntStream.range(0, 4000).mapToObj(i -> a("10.0." + i / 250 + "." + i % 250, 5)).toList();
    server.on(NAME, A, saysOverTcp(records)).on(NAME, AAAA, nothing(5));
    assertThat(found(look(resolver(LONG))).values()).hasSize(4000);
  }

  @Test
  void aPartOfTheAddressesIsNoAnswer() {
    Script script =
        (query, tcp) ->
            tcp
                ? List.of()
                : List.of(message(query, ANSWER | TRUNCATED, List.of(a("10.0.0.1", 5)), List.of()));
    server.on(NAME, A, script).on(NAME, AAAA, nothing(5));
    assertThat(failure(look(resolver(Duration.ofSeconds(1)))))
        .contains(" has an answer that does not fit, and does not answer over TCP within ");
  }

  @Test
  void anAnswerThatIsCutWithoutSayingSoIsAskedForOverTcp() {
    Script script =
        (query, tcp) -> {
          byte[] whole =
              message(query, ANSWER, List.of(a("10.0.0.1", 5), a("10.0.0.2", 5)), List.of());
          // Exactly one record less than the header says.
          return List.of(tcp ? whole : Arrays.copyOf(whole, whole.length - 16));
        };
    server.on(NAME, A, script).on(NAME, AAAA, nothing(5));
    assertThat(texts(found(look(resolver(LONG))))).containsExactly("10.0.0.1", "10.0.0.2");
  }

  @Test
  void asksServersThatDoNotKnowExtensionsWithoutThem() {
    Script script =
        (query, tcp) ->
            query[11] == 1 ? code(1).answer(query, tcp) : says(a("10.0.0.1", 5)).answer(query, tcp);
    server.on(NAME, A, script);
    assertThat(texts(found(look(resolver(LONG))))).containsExactly("10.0.0.1");
    assertThat(server.asked(NAME, A)).extracting(Asked::extended).containsExactly(true, false);
  }

  @Test
  void doesNotHearWhatIsNoAnswerToItsQuestion() {
    Script script =
        (query, tcp) -> {
          byte[] otherId = message(query, ANSWER, List.of(a("10.0.0.66", 5)), List.of());
          otherId[0] ^= (byte) 1;
          byte[] otherName = message(query, ANSWER, List.of(a("10.0.0.67", 5)), List.of());
          otherName[13] ^= (byte) 1;
          byte[] question = message(query, 0x0100, List.of(a("10.0.0.68", 5)), List.of());
          byte[] garbage = {1, 2, 3};
          byte[] right = message(query, ANSWER, List.of(a("10.0.0.1", 5)), List.of());
          return List.of(garbage, new byte[0], otherId, otherName, question, right);
        };
    server.on(NAME, A, script).on(NAME, AAAA, nothing(5));
    assertThat(texts(found(look(resolver(LONG))))).containsExactly("10.0.0.1");
  }

  @Test
  void saysThatAnAnswerCannotBeRead() {
    server.always(
        (query, tcp) -> {
          byte[] cut = message(query, ANSWER, List.of(a("10.0.0.1", 5)), List.of());
          return List.of(Arrays.copyOf(cut, cut.length - 2));
        });
    assertThat(failure(look(resolver(LONG))))
        .endsWith(" sends an answer that cannot be read: it ends too early");
  }

  @Test
  void followsAliasesInOneAnswerAndInSeveral() {
    DnsResolver resolver = resolver(LONG);
    server.on(
        NAME,
        A,
        says(
            a("c.other", "10.0.0.1", 50),
            cname("b.other", "C.Other", 4),
            cname("", "b.other", 60),
            a("d.other", "10.0.0.66", 1)));
    Found<InetAddress> found = found(look(resolver));
    assertThat(texts(found)).containsExactly("10.0.0.1");
    assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(4));

    server
        .on(NAME, A, says(cname("", "b.other", 60)))
        .on("b.other", A, says(cname("", "c.other", 3)))
        .on("c.other", A, says(a("10.0.0.2", 9)));
    found = found(look(resolver));
    assertThat(texts(found)).containsExactly("10.0.0.2");
    assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void findsTheEndOfACircleOfAliases() {
    DnsResolver resolver = resolver(LONG);
    server.always(says(cname(NAME, "b.other", 60), cname("b.other", NAME, 60)));
    assertThat(failure(look(resolver))).endsWith("more than 16 aliases, or a circle of them");

    server.always(
        (query, tcp) ->
            says(cname("", query[13] == 'd' ? "b.other" : NAME, 60)).answer(query, tcp));
    assertThat(failure(look(resolver))).endsWith("more than 16 aliases, or a circle of them");
  }

  @Test
  void anAliasOfNothingIsNothing() {
    Script script =
        (query, tcp) -> {
          List<Sent> alias = List.of(cname("", "b.other", 60));
          return List.of(message(query, ANSWER | ScriptedNameServer.NXDOMAIN, alias, List.of()));
        };
    server.on(NAME, A, script).on(NAME, AAAA, script);
    assertThat(look(resolver(LONG))).isEqualTo(new NoSuchName<>(Optional.empty()));
  }

  @Test
  void searchesTheDomainsOfTheSystem() {
    DnsResolver resolver = resolver(LONG);
    server.on("db.two.test", A, says(a("10.0.0.2", 5)));
    assertThat(texts(found(look(resolver, "db")))).containsExactly("10.0.0.2");
    assertThat(server.asked()).extracting(Asked::name).doesNotContain("db");
    server.on("db.one.test", A, nothing(5));
    assertThat(texts(found(look(resolver, "db")))).containsExactly("10.0.0.2");
    server.on("db.one.test", A, says(a("10.0.0.1", 5)));
    assertThat(texts(found(look(resolver, "DB")))).containsExactly("10.0.0.1");

    server.on("x.y", A, says(a("10.0.0.3", 5))).on("x.y.one.test", A, says(a("10.0.0.4", 5)));
    assertThat(texts(found(look(resolver, "x.y")))).containsExactly("10.0.0.3");
    server.on("x.y", A, noSuchName(5)).on("x.y", AAAA, noSuchName(5));
    assertThat(texts(found(look(resolver, "x.y")))).containsExactly("10.0.0.4");
    assertThat(look(resolver, "x.y.")).isInstanceOf(NoSuchName.class);
  }

  @Test
  void anErrorOfADomainEndsTheSearchWhereThatDomainHadTheName() {
    server
        .on("db.one.test", A, says(a("10.0.0.1", 5)))
        .on("db.two.test", A, says(a("10.0.0.2", 5)));
    Lookup<InetAddress> lookup = lookup(resolver(LONG), "db");
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.1");
    server.on("db.one.test", A, code(SERVFAIL));
    assertThat(failure(look(lookup))).contains("db.one.test.").endsWith("answers SERVFAIL");
    // Who has not found it there goes on.
    assertThat(texts(found(look(resolver(LONG), "db")))).containsExactly("10.0.0.2");
  }

  @Test
  void theHostsFileComesFirst() {
    server.on("fixed.one.test", A, says(a("10.0.0.1", 5)));
    Found<InetAddress> found = found(look(resolver(LONG), "Fixed"));
    assertThat(texts(found)).containsExactly("10.9.9.9", "::9");
    assertThat(found.ttl()).isZero();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whatCannotBeANameIsNotAskedFor() {
    assertThat(failure(look(resolver(LONG), "a..b"))).isEqualTo("a..b cannot be a name");
    assertThat(failure(look(resolver(LONG), "a".repeat(64) + ".test"))).endsWith("be a name");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void hasTheRecordsOfAService() {
    server.on(
        "_pg._tcp.two.test",
        SRV,
        says(srv(10, 60, 5432, "a.two.test", 30), srv(20, 0, 5433, "B.two.test", 20)));
    DnsResolver resolver = resolver(LONG);
    Reply<Service> reply = wait(call(() -> resolver.servicesOf("_pg._tcp").look()));
    assertThat(reply)
        .isEqualTo(
            new Found<>(
                List.of(
                    new Service(10, 60, 5432, "a.two.test."),
                    new Service(20, 0, 5433, "b.two.test.")),
                Duration.ofSeconds(20)));
  }

  @Test
  void closingEndsWhatIsUnderWay() {
    server.always(silence());
    DnsResolver resolver = resolver(LONG);
    Future<Reply<InetAddress>> reply = call(() -> resolver.addressesOf(NAME).look());
    await().atMost(20, SECONDS).until(() -> server.asked().size() == 2);
    context.runOnContext(now -> resolver.close());
    assertThat(failure(wait(reply))).endsWith("is not asked any more");
    assertThat(failure(look(resolver))).endsWith("is not asked any more");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noSocketIsLeftOfWhatIsAnsweredSilentOrClosed() {
    server.on(NAME, A, says(a("10.0.0.1", 5))).on(NAME, AAAA, silence());
    look(resolver(SHORT));
    await().atMost(20, SECONDS).untilAsserted(() -> assertThat(sockets()).isEmpty());

    DnsResolver resolver = resolver(LONG);
    server.always(silence());
    Future<Reply<InetAddress>> reply = call(() -> resolver.addressesOf(NAME).look());
    await().atMost(20, SECONDS).until(() -> sockets().size() == 2);
    context.runOnContext(now -> resolver.close());
    wait(reply);
    await().atMost(20, SECONDS).untilAsserted(() -> assertThat(sockets()).isEmpty());
  }

  /** Those of UDP that are connected to the server, as the kernel has them. */
  private List<String> sockets() {
    String remote = String.format(":%04X", server.port());
    return Stream.of("/proc/net/udp", "/proc/net/udp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(DnsResolverTest::lines)
        .filter(line -> line.strip().split("\\s+", -1)[2].endsWith(remote))
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void worksOnEveryTransport(Transport transport) throws Exception {
    Vertx other = Vertx.builder().withTransport(transport).build();
    Context there = other.getOrCreateContext();
    server
        .on(NAME, A, says(a("10.0.0.1", 5)))
        .on(NAME, AAAA, saysOverTcp(List.of(aaaa("0".repeat(31) + "1", 5))));
    Promise<Reply<InetAddress>> reply = Promise.promise();
    Promise<Reply<InetAddress>> refused = Promise.promise();
    InetSocketAddress closed =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ClosedPort.next());
    there.runOnContext(
        now -> {
          new DnsResolver(other, List.of(server.address()), LONG)
              .addressesOf(NAME)
              .look()
              .onComplete(reply);
          new DnsResolver(other, List.of(closed), LONG)
              .addressesOf(NAME)
              .look()
              .onComplete(refused);
        });
    assertThat(texts(found(wait(reply.future())))).containsExactly("10.0.0.1", "::1");
    assertThat(failure(wait(refused.future()))).endsWith("connection refused");
    wait(other.close());
  }

  static Stream<Transport> transports() {
    return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
        .filter(transport -> transport != null && transport.available());
  }

  private DnsResolver resolver(Duration timeout) {
    return resolver(timeout, server.address());
  }

  private DnsResolver resolver(Duration timeout, InetSocketAddress... servers) {
    return run(() -> new DnsResolver(vertx, List.of(servers), timeout));
  }

  private Reply<InetAddress> look(DnsResolver resolver) {
    return look(resolver, NAME + ".");
  }

  private Reply<InetAddress> look(DnsResolver resolver, String name) {
    return look(lookup(resolver, name));
  }

  private Lookup<InetAddress> lookup(DnsResolver resolver, String name) {
    return run(() -> resolver.addressesOf(name));
  }

  private <T> Reply<T> look(Lookup<T> lookup) {
    return wait(call(lookup::look));
  }

  private static Found<InetAddress> found(Reply<InetAddress> reply) {
    assertThat(reply).isInstanceOf(Found.class);
    return (Found<InetAddress>) reply;
  }

  private static String failure(Reply<InetAddress> reply) {
    assertThat(reply).isInstanceOf(Failed.class);
    return ((Failed<InetAddress>) reply).why();
  }

  private static List<String> texts(Found<InetAddress> found) {
    return found.values().stream().map(address -> AddressBits.of(address).toString()).toList();
  }

  /** Does it on the context. */
  private <T> T run(Supplier<T> action) {
    return wait(call(() -> Future.succeededFuture(action.get())));
  }

  private <T> Future<T> call(Supplier<Future<T>> action) {
    Promise<T> result = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(result));
    return result.future();
  }

  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
  }
}
