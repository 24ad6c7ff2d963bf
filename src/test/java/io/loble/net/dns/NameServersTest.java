package io.loble.net.dns;

import static io.loble.net.dns.ScriptedNameServer.A;
import static io.loble.net.dns.ScriptedNameServer.AAAA;
import static io.loble.net.dns.ScriptedNameServer.ANSWER;
import static io.loble.net.dns.ScriptedNameServer.REFUSED;
import static io.loble.net.dns.ScriptedNameServer.SERVFAIL;
import static io.loble.net.dns.ScriptedNameServer.TRUNCATED;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.aaaa;
import static io.loble.net.dns.ScriptedNameServer.code;
import static io.loble.net.dns.ScriptedNameServer.message;
import static io.loble.net.dns.ScriptedNameServer.noSuchName;
import static io.loble.net.dns.ScriptedNameServer.nothing;
import static io.loble.net.dns.ScriptedNameServer.says;
import static io.loble.net.dns.ScriptedNameServer.saysOverTcp;
import static io.loble.net.dns.ScriptedNameServer.silence;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.ClosedPort;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.NoSuchName;
import io.loble.net.dns.ScriptedNameServer.Asked;
import io.loble.net.dns.ScriptedNameServer.Script;
import io.loble.net.dns.ScriptedNameServer.Sent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How name servers are asked that answer in all ways, or not at all. */
class NameServersTest extends ResolverFixture {

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
        .flatMap(NameServersTest::lines)
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
}
