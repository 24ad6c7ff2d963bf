package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.2.3.4, 10.2.3.4, true",
    "10.2.3.4, 10.2.3.45, false",
    "10.2.3.4:5000, 10.2.3.4, true",
    "10.2.3.4:5001, 10.2.3.4, false",
    "10, 10.2.3.4, true",
    "10.2, 10.2.3.4, true",
    "10.2., 10.2.3.4, true",
    "10.2.3, 10.2.3.4, true",
    "10.2, 10.20.3.4, false",
    "1, 10.2.3.4, false",
    "10.2.3.0/24, 10.2.3.4, true",
    "10.2.3.8/29, 10.2.3.7, false",
    "10.2.3.8/29, 10.2.3.15, true",
    "0.0.0.0/0, 10.2.3.4, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "10.2.3.4/32, 10.2.3.4, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::1, 2001:0db8::1, true",
    "[2001:db8::1]:5000, 2001:db8::1, true",
    "::/0, 10.2.3.4, false",
    "10.2.3.4/8, 10.9.9.9, true",
    "::ffff:10.2.3.4, 10.2.3.4, true",
    "::ffff:10.2.0.0/112, 10.2.3.4, true",
    "fe80::1%lo, fe80::1, true",
    "fe80::1%eth7/64, fe80::2, true"
  })
  void itHoldsTheClientsThatItSays(String range, String client, boolean holds) {
    ClientRange parsed = ClientRange.parse(range).orElseThrow();

    assertThat(parsed.holds(new InetSocketAddress(client, 5000))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "x",
        "256",
        "10.2.3.256",
        "10.2.3.4.5",
        "10..2",
        ".10",
        "10.2.3.4/33",
        "10.2/8",
        "10.2.3.4/",
        "/8",
        "10.2.3.4:65536",
        "10.2.3.4:",
        "2001:db8::/129",
        "[::1]:x",
        "10.2.3.4%lo",
        "[10.0.0.0/8]:80",
        "*"
      })
  void whatIsNoAddressIsRefused(String range) {
    assertThat(ClientRange.parse(range)).isEmpty();
  }

  @Test
  void theExamplesCanBeParsed() {
    for (String word : ClientRange.EXAMPLES.split(" ", -1)) {
      String example = word.replaceAll(",$", "");
      if (example.matches("[\\[\\d].*")) {
        assertThat(ClientRange.parse(example)).as(example).isPresent();
      }
    }
  }
}
