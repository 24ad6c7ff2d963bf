package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.access.ClientAdmission.Admitted;
import io.loble.access.ClientAdmission.Refused;
import io.loble.model.AddressBits;
import io.loble.model.Network;
import io.loble.model.Rate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClientTableTest {

  private static final long SECOND = 1_000_000_000;
  private static final long START = TestClock.before(SECOND);
  private static final int MOST = ClientTable.SETS * ClientSet.WAYS;

  @Test
  void withoutBoundsEveryoneIsLetInAndNobodyRemembered() throws UnknownHostException {
    ClientTable table = new ClientTable(ClientLimits.NONE);
    for (int i = 0; i < 100; i++) {
      assertThat(table.admit(address("10.0.0.1"), START)).isInstanceOf(Admitted.class);
    }
    assertThat(table.size()).isZero();
  }

  @Test
  void aClientHasSoManyConnectionsAtOnce() throws UnknownHostException {
    ClientTable table = new ClientTable(limits(2, "", 0));
    ClientAdmission first = table.admit(address("10.0.0.1"), START);
    ClientAdmission second = table.admit(address("::ffff:10.0.0.1"), START);

    assertThat(second).isInstanceOf(Admitted.class);
    assertThat(table.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_LIMIT);
    assertThat(table.admit(address("10.0.0.2"), START)).isInstanceOf(Admitted.class);
    assertThat(table.connections(address("10.0.0.1"))).isEqualTo(2);

    release(table, first);
    assertThat(table.admit(address("10.0.0.1"), START)).isInstanceOf(Admitted.class);
    assertThat(table.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_LIMIT);
  }

  @Test
  void aClientComesSoOften() throws UnknownHostException {
    ClientTable table = new ClientTable(limits(0, "10/s", 3));
    for (int i = 0; i < 3; i++) {
      assertThat(table.admit(address("10.0.0.1"), START)).isInstanceOf(Admitted.class);
    }
    assertThat(table.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_RATE);
    assertThat(table.admit(address("10.0.0.2"), START)).isInstanceOf(Admitted.class);
    assertThat(table.admit(address("10.0.0.1"), START + SECOND / 10)).isInstanceOf(Admitted.class);
    assertThat(table.admit(address("10.0.0.1"), START + SECOND / 10))
        .isEqualTo(Refused.CLIENT_RATE);
  }

  @Test
  void whoIsAtTheLimitUsesUpNothingOfTheRate() throws UnknownHostException {
    ClientTable table = new ClientTable(limits(1, "1/m", 2));
    ClientAdmission first = table.admit(address("10.0.0.1"), START);
    for (int i = 0; i < 10; i++) {
      assertThat(table.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_LIMIT);
    }
    release(table, first);
    assertThat(table.admit(address("10.0.0.1"), START)).isInstanceOf(Admitted.class);
  }

  @Test
  void aNetworkIsOneClient() throws UnknownHostException {
    ClientTable table = new ClientTable(new ClientLimits(1, Rate.NONE, 0, 24, 56));
    table.admit(address("10.0.0.1"), START);
    table.admit(address("2001:db8:0:0100::1"), START);

    assertThat(table.admit(address("10.0.0.254"), START)).isEqualTo(Refused.CLIENT_LIMIT);
    assertThat(table.admit(address("10.0.1.1"), START)).isInstanceOf(Admitted.class);
    assertThat(table.admit(address("2001:db8:0:01ff::2"), START)).isEqualTo(Refused.CLIENT_LIMIT);
    assertThat(table.admit(address("2001:db8:0:0200::1"), START)).isInstanceOf(Admitted.class);
  }

  @Test
  void aClientThatMakesNoDifferenceIsForgotten() throws UnknownHostException {
    ClientTable table = new ClientTable(limits(5, "1/s", 1));
    ClientAdmission admitted = table.admit(address("10.0.0.1"), START);
    assertThat(table.size()).isOne();
    table.release((Admitted) admitted, START + SECOND);
    assertThat(table.size()).isZero();
  }

  @Test
  void aReleaseTooMuchDoesNotCountBelowZero() throws UnknownHostException {
    ClientTable table = new ClientTable(limits(1, "1/h", 5));
    ClientAdmission admitted = table.admit(address("10.0.0.1"), START);
    for (int i = 0; i < 5; i++) {
      release(table, admitted);
      assertThat(table.connections(address("10.0.0.1"))).isZero();
    }
    table.admit(address("10.0.0.1"), START);
    assertThat(table.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_LIMIT);
  }

  @Test
  void otherLimitsHoldForClientsThatAreThereAlready() throws UnknownHostException {
    ClientTable before = new ClientTable(limits(5, "", 0));
    List<ClientAdmission> admitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      admitted.add(before.admit(address("10.0.0.1"), START));
    }
    ClientTable after = before.with(limits(3, "", 0));
    assertThat(after.admit(address("10.0.0.1"), START)).isEqualTo(Refused.CLIENT_LIMIT);
    admitted.subList(0, 3).forEach(a -> release(before, a));
    assertThat(after.admit(address("10.0.0.1"), START)).isInstanceOf(Admitted.class);
    assertThat(after.with(new ClientLimits(3, Rate.NONE, 0, 24, 64)).size()).isZero();
  }

  /** As a map without a bound does: no set becomes full with so few clients. */
  @Property(tries = 200)
  void answersAsAMapOfAllClientsDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long period = SECOND / (1 + random.nextInt(10));
    int burst = 1 + random.nextInt(4);
    int most = 1 + random.nextInt(4);
    ClientTable table = new ClientTable(new ClientLimits(most, new Rate(1, period), burst, 30, 64));
    Map<Network, NaiveClient> clients = new HashMap<>();
    List<ClientAdmission> admitted = new ArrayList<>();
    List<NaiveClient> owners = new ArrayList<>();
    long now = random.nextLong();
    for (int i = 0; i < 500; i++) {
      now += random.nextLong(period);
      if (random.nextInt(3) == 0 && !admitted.isEmpty()) {
        int which = random.nextInt(admitted.size());
        table.release((Admitted) admitted.remove(which), now);
        owners.remove(which).connections--;
      } else {
        AddressBits address = client(random.nextInt(20), random.nextBoolean());
        Network network = Network.of(address, address.ipv6() ? 64 : 30);
        long start = now;
        NaiveClient naive =
            clients.computeIfAbsent(network, n -> new NaiveClient(burst * period, start));
        ClientAdmission admission = table.admit(address, now);
        assertThat(admission instanceof Admitted).isEqualTo(naive.admits(now, most, burst, period));
        if (admission instanceof Admitted) {
          admitted.add(admission);
          owners.add(naive);
        }
      }
    }
    long end = now + burst * period;
    admitted.forEach(a -> table.release((Admitted) a, end));
    assertThat(table.unbounded() + table.forgotten()).isZero();
  }

  private static final class NaiveClient {
    private long tokens;
    private long filled;
    private int connections;

    NaiveClient(long tokens, long now) {
      this.tokens = tokens;
      this.filled = now;
    }

    boolean admits(long now, int most, int burst, long period) {
      tokens = Math.min(burst * period, tokens + now - filled);
      filled = now;
      boolean admitted = connections < most && tokens >= period;
      connections += admitted ? 1 : 0;
      tokens -= admitted ? period : 0;
      return admitted;
    }
  }

  @Test
  void aMillionClientsTakeNoMoreMemoryThanTheTableHas() {
    ClientTable table = new ClientTable(limits(10, "1/m", 5));
    for (int i = 0; i < 1_000_000; i++) {
      ClientAdmission admission = table.admit(client(i, i % 2 == 0), START + i);
      table.release((Admitted) admission, START + i);
      if (i % 100_000 == 0) {
        assertThat(table.size()).isLessThanOrEqualTo(MOST);
      }
    }
    assertThat(table.size()).isLessThanOrEqualTo(MOST);
    assertThat(table.forgotten()).isEqualTo(1_000_000L - table.size());
    assertThat(table.unbounded()).isZero();
  }

  @Test
  void clientsWithConnectionsAreNotForgottenWhoeverElseComes() {
    ClientTable table = new ClientTable(limits(1, "1/m", 5));
    List<ClientAdmission> held = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      held.add(table.admit(client(i, true), START));
    }
    for (int i = 10_000; i < 500_000; i++) {
      release(table, table.admit(client(i, true), START));
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.admit(client(i, true), START)).isEqualTo(Refused.CLIENT_LIMIT);
    }
    assertThat(table.unbounded()).isZero();
    held.forEach(a -> table.release((Admitted) a, START + 600 * SECOND));
  }

  @Test
  void whoFindsNoRoomIsLetInAndCounted() {
    ClientTable table = new ClientTable(limits(1, "", 0));
    Deque<ClientAdmission> held = new ArrayDeque<>();
    int clients = 300_000;
    for (int i = 0; i < clients; i++) {
      held.add(table.admit(client(i, true), START));
    }
    assertThat(held).allMatch(Admitted.class::isInstance);
    assertThat(table.size()).isLessThanOrEqualTo(MOST);
    assertThat(table.unbounded()).isEqualTo(clients - table.size());

    held.forEach(a -> table.release((Admitted) a, START));
    assertThat(table.size()).isZero();
  }

  /** As the Javadoc says: 8 in 1,000 of those that come when half of the places are taken. */
  @Test
  void fewFindNoRoomWhileHalfOfItIsTaken() {
    ClientTable table = new ClientTable(limits(1, "", 0));
    for (int i = 0; i < MOST / 2; i++) {
      table.admit(client(i, true), START);
    }
    long before = table.unbounded();
    for (int i = MOST / 2; i < MOST / 2 + 1000; i++) {
      release(table, table.admit(client(i, true), START));
    }
    assertThat(table.unbounded() - before).isLessThan(30);
  }

  @Test
  void threadsTogetherHaveNoMoreThanTheLimit() {
    int most = 3;
    int clients = 8;
    ClientTable table = new ClientTable(limits(most, "", 0));
    AtomicInteger[] open = new AtomicInteger[clients];
    Arrays.setAll(open, i -> new AtomicInteger());
    Threads.run(
        4,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          Deque<Map.Entry<Integer, Admitted>> mine = new ArrayDeque<>();
          for (int i = 0; i < 100_000; i++) {
            int client = random.nextInt(clients);
            if (mine.size() < 8 && table.admit(client(client, true), i) instanceof Admitted a) {
              assertThat(open[client].incrementAndGet()).isLessThanOrEqualTo(most);
              mine.add(Map.entry(client, a));
            } else if (!mine.isEmpty()) {
              Map.Entry<Integer, Admitted> first = mine.remove();
              open[first.getKey()].decrementAndGet();
              table.release(first.getValue(), i);
            }
          }
          mine.forEach(entry -> open[entry.getKey()].decrementAndGet());
          mine.forEach(entry -> table.release(entry.getValue(), 0));
        });
    for (int i = 0; i < clients; i++) {
      assertThat(table.connections(client(i, true))).isZero();
    }
    assertThat(table.unbounded()).isZero();
  }

  @Test
  void threadsTogetherComeNoMoreOftenThanTheRate() {
    ClientTable table = new ClientTable(limits(0, "1000/s", 100));
    AtomicInteger admitted = new AtomicInteger();
    Threads.run(
        4,
        thread -> {
          for (long now = 0; now <= SECOND; now += 10_000) {
            if (table.admit(client(7, false), now) instanceof Admitted) {
              admitted.incrementAndGet();
            }
          }
        });
    assertThat(admitted.get()).isBetween(1000, 1100);
  }

  private static ClientLimits limits(int most, String rate, int burst) {
    return new ClientLimits(most, Rate.parse(rate), burst, 32, 64);
  }

  private static void release(ClientTable table, ClientAdmission admission) {
    table.release((Admitted) admission, START);
  }

  private static AddressBits client(int number, boolean ipv6) {
    return ipv6
        ? new AddressBits(true, (0x2001_0db8L << 32) | number, 1)
        : new AddressBits(false, (long) number << 32, 0);
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
