package io.loble.net.dns;

import static io.loble.net.dns.ScriptedNameServer.A;
import static io.loble.net.dns.ScriptedNameServer.AAAA;
import static io.loble.net.dns.ScriptedNameServer.ANSWER;
import static io.loble.net.dns.ScriptedNameServer.SERVFAIL;
import static io.loble.net.dns.ScriptedNameServer.SRV;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.aaaa;
import static io.loble.net.dns.ScriptedNameServer.cname;
import static io.loble.net.dns.ScriptedNameServer.code;
import static io.loble.net.dns.ScriptedNameServer.message;
import static io.loble.net.dns.ScriptedNameServer.noSuchName;
import static io.loble.net.dns.ScriptedNameServer.nothing;
import static io.loble.net.dns.ScriptedNameServer.says;
import static io.loble.net.dns.ScriptedNameServer.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.NoSuchName;
import io.loble.net.dns.Reply.Nothing;
import io.loble.net.dns.ScriptedNameServer.Asked;
import io.loble.net.dns.ScriptedNameServer.Script;
import io.loble.net.dns.ScriptedNameServer.Sent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of names, whatever name servers answer. */
class DnsResolverTest extends ResolverFixture {

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
  void aFamilyThatFailsDoesNotGetBackWhatWasTakenAway() {
    server.on(NAME, A, says(a("10.0.0.1", 7))).on(NAME, AAAA, says(aaaa("0".repeat(31) + "1", 5)));
    Lookup<InetAddress> lookup = lookup(resolver(LONG), NAME + ".");
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.1", "::1");
    server.on(NAME, A, nothing(5)).on(NAME, AAAA, nothing(5));
    assertThat(look(lookup)).isInstanceOf(Nothing.class);
    server.on(NAME, A, says(a("10.0.0.1", 7))).on(NAME, AAAA, code(SERVFAIL));
    assertThat(texts(found(look(lookup)))).containsExactly("10.0.0.1");
  }

  @Test
  void whatAFamilyThatFailsMayHaveIsSaidToBeMissing() {
    server.on(NAME, A, says(a("10.0.0.1", 7))).on(NAME, AAAA, code(SERVFAIL));
    assertThat(found(look(resolver(LONG))).partial()).isTrue();
    server.on(NAME, AAAA, nothing(5));
    assertThat(found(look(resolver(LONG))).partial()).isFalse();
  }

  @Test
  void anAliasThatIsNoNameIsNotAskedFor() {
    Sent alias = cname("", "\u0001\u0002.test", 60);
    server.on(NAME, A, says(alias)).on(NAME, AAAA, says(alias));
    assertThat(failure(look(resolver(LONG)))).contains("an alias that cannot be the name");
    assertThat(server.asked()).allMatch(asked -> asked.name().startsWith(NAME));
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
}
