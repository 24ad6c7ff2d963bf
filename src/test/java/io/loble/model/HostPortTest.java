package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an address, and what is not. */
class HostPortTest {

  @Test
  void readsAnIpv4Address() {
    assertThat(HostPort.parse("10.0.0.1:8080")).contains(new HostPort("10.0.0.1", 8080));
  }

  @Test
  void readsAName() {
    assertThat(HostPort.parse("db-1.internal:5432")).contains(new HostPort("db-1.internal", 5432));
  }

  @Test
  void readsAnIpv6AddressInBrackets() {
    assertThat(HostPort.parse("[2001:db8::1]:443")).contains(new HostPort("2001:db8::1", 443));
    assertThat(HostPort.parse("[fe80::1%eth0]:80")).contains(new HostPort("fe80::1%eth0", 80));
  }

  @Test
  void portsGoFrom0To65535() {
    assertThat(HostPort.parse("a:0")).contains(new HostPort("a", 0));
    assertThat(HostPort.parse("a:65535")).contains(new HostPort("a", 65535));
    assertThat(HostPort.parse("a:65536")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "host",
        "host:",
        "10.0.0.1",
        "host:http",
        "host:-1",
        "host:+1",
        "host:1 ",
        "host:100000",
        "host:99999999999",
        "host:٨٠",
        "::1:80",
        "::1",
        "[::1]",
        "[::1]80",
        "[::1:80",
        "::1]:80",
        "[]:80",
        "[host]:80",
        "[[::1]]:80",
        " :80",
        "a b:80",
        "a\t:80"
      })
  void refusesAnythingElse(String text) {
    assertThat(HostPort.parse(text)).isEmpty();
  }

  @Property
  void isReadBackAsItIsPrinted(
      @ForAll("hosts") String host, @ForAll @IntRange(max = 65535) int port) {
    HostPort address = new HostPort(host, port);
    assertThat(HostPort.parse(address.toString())).contains(address);
  }

  @Property
  void whateverIsAcceptedIsReadBackAsItIsPrinted(
      @ForAll
          @Chars({'[', ']', ':', '.', 'a', ' '})
          @CharRange(from = '0', to = '1')
          @StringLength(max = 9)
          String text) {
    Optional<HostPort> parsed = HostPort.parse(text + ":1");
    assertThat(parsed.flatMap(p -> HostPort.parse(p.toString()))).isEqualTo(parsed);
  }

  @Provide
  Arbitrary<String> hosts() {
    Arbitrary<Integer> bytes = Arbitraries.integers().between(0, 255);
    Arbitrary<Integer> words = Arbitraries.integers().between(0, 0xffff);
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('a', 'z').withChars("-.").ofMinLength(1),
        bytes.map(String::valueOf).list().ofSize(4).map(parts -> String.join(".", parts)),
        words.map(Integer::toHexString).list().ofSize(8).map(parts -> String.join(":", parts)));
  }
}
