package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessListTest {

  @Test
  void withoutNetworksEveryoneIsLetIn() throws UnknownHostException {
    assertThat(AccessList.EVERYONE.permits(address("10.0.0.1"))).isTrue();
    assertThat(AccessList.EVERYONE.isEmpty()).isTrue();
  }

  @Test
  void withDenyTheOthersAreLetIn() throws UnknownHostException {
    AccessList list = new AccessList(List.of(), networks("10.0.0.0/8", "2001:db8::/32"));
    assertThat(list.permits(address("10.0.0.1"))).isFalse();
    assertThat(list.permits(address("::ffff:10.0.0.1"))).isFalse();
    assertThat(list.permits(address("11.0.0.1"))).isTrue();
    assertThat(list.permits(address("2001:db8::1"))).isFalse();
    assertThat(list.permits(address("2001:db9::1"))).isTrue();
  }

  @Test
  void withAllowNothingElseIsLetIn() throws UnknownHostException {
    AccessList list = new AccessList(networks("10.0.0.0/8"), List.of());
    assertThat(list.permits(address("10.0.0.1"))).isTrue();
    assertThat(list.permits(address("11.0.0.1"))).isFalse();
    assertThat(list.permits(address("::1"))).isFalse();
  }

  @Test
  void theLongestPrefixOfBothDecides() throws UnknownHostException {
    AccessList list =
        new AccessList(networks("10.0.0.0/8", "10.1.2.0/24"), networks("10.1.0.0/16", "10.1.2.3"));
    assertThat(list.permits(address("10.9.0.1"))).isTrue();
    assertThat(list.permits(address("10.1.9.9"))).isFalse();
    assertThat(list.permits(address("10.1.2.9"))).isTrue();
    assertThat(list.permits(address("10.1.2.3"))).isFalse();
    assertThat(list.deciding(address("10.1.2.9"))).contains(Network.parse("10.1.2.0/24"));
    assertThat(list.deciding(address("::1"))).isEmpty();
  }

  @Test
  void oneNetworkIsNotInBoth() {
    assertThatThrownBy(() -> new AccessList(networks("10.0.0.0/8"), networks("10.0.0.0/8")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("10.0.0.0/8 is in both allow and deny");
  }

  @Test
  void aNetworkMayBeGivenTwiceInOne() throws UnknownHostException {
    AccessList list = new AccessList(List.of(), networks("10.0.0.0/8", "10.0.0.0/8"));
    assertThat(list.permits(address("10.0.0.1"))).isFalse();
  }

  @Test
  void aSetHoldsWhatItsNetworksHold() throws UnknownHostException {
    NetworkSet set = NetworkSet.of(networks("10.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16", "::1"));
    assertThat(set.contains(address("10.1.0.1"))).isTrue();
    assertThat(set.contains(address("::1"))).isTrue();
    assertThat(set.contains(address("::2"))).isFalse();
    assertThat(set.size()).isEqualTo(3);
    assertThat(NetworkSet.EMPTY.contains(address("::1"))).isFalse();
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::parse).toList();
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
