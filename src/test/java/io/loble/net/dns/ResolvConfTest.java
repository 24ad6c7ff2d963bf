package io.loble.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read in resolv.conf, and which names it makes of one. */
class ResolvConfTest {

  @Test
  void readsServersDomainsAndDots() {
    ResolvConf read =
        ResolvConf.parse(
            """
            # nameserver 10.0.0.1
            ; a comment
            nameserver 10.0.0.2
              nameserver   2001:db8::53  # the second
            nameserver example.com
            nameserver
            domain first.test
            search shop.svc.cluster.local svc.cluster.local
            options edns0 ndots:5 timeout:1
            """);
    assertThat(read.servers())
        .containsExactly(
            new InetSocketAddress("10.0.0.2", 53), new InetSocketAddress("2001:db8::53", 53));
    assertThat(read.search()).containsExactly("shop.svc.cluster.local", "svc.cluster.local");
    assertThat(read.ndots()).isEqualTo(5);
  }

  @Test
  void theLastOfDomainAndSearchCounts() {
    assertThat(ResolvConf.parse("search a b\ndomain c d\n").search()).containsExactly("c");
  }

  @Test
  void anEmptyFileMeansThisMachine() {
    ResolvConf read = ResolvConf.parse("");
    assertThat(read.servers())
        .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));
    assertThat(read.search()).isEmpty();
    assertThat(read.ndots()).isEqualTo(1);
    assertThat(ResolvConf.parse("options ndots:400").ndots()).isEqualTo(15);
  }

  @Test
  void namesWithFewDotsAreSearchedFirst() {
    ResolvConf conf = ResolvConf.parse("search a.test b.test\noptions ndots:2");
    assertThat(conf.candidates("x")).containsExactly("x.a.test.", "x.b.test.", "x.");
    assertThat(conf.candidates("x.y")).containsExactly("x.y.a.test.", "x.y.b.test.", "x.y.");
    assertThat(conf.candidates("x.y.z"))
        .containsExactly("x.y.z.", "x.y.z.a.test.", "x.y.z.b.test.");
    assertThat(conf.candidates("x.")).containsExactly("x.");
  }

  @Test
  void theRootIsADomainToo() {
    ResolvConf conf = ResolvConf.parse("search a.test .\noptions ndots:2");
    assertThat(conf.candidates("x")).containsExactly("x.a.test.", "x.");
    assertThat(ResolvConf.parse("").candidates("x")).isEqualTo(List.of("x."));
  }

  @Test
  void namesThatAreTooLongAreLeftOut() {
    ResolvConf conf = ResolvConf.parse("search " + "a.".repeat(100) + "test");
    assertThat(conf.candidates("b.".repeat(40) + "c")).hasSize(1);
    assertThat(conf.candidates("b".repeat(64))).isEmpty();
  }
}
