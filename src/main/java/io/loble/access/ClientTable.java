package io.loble.access;

import io.loble.access.ClientAdmission.Admitted;
import io.loble.access.ClientAdmission.Refused;
import io.loble.model.AddressBits;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many connections each client has at once, and how often it comes, exactly over all
 * cores, in bounded memory.
 *
 * <p><b>Memory.</b> The table has {@value #SETS} sets of at most {@value ClientSet#WAYS} clients:
 * 131,072 clients, which take less than 4 MiB (32 KiB when there is none). It grows as clients
 * come, up to that. A client is forgotten as soon as that changes nothing: it has no connection,
 * and could have a whole burst again. When a set is full, the client without a connection that is
 * nearest to this is forgotten early, and counted ({@link #forgotten}). A client with connections
 * is never forgotten. A new client whose set is full of those is let in without being bounded, and
 * counted ({@link #unbounded}). With 65,536 clients that have connections this happens to 8 in
 * 1,000 new ones, with 32,768 to less than 1 in 100,000.
 *
 * <p><b>Who attacks.</b> Sets are chosen by a hash with a secret key ({@link SipHash}), so no
 * client can aim at the set of another. Clients are told apart by 64 bits of that hash.
 *
 * <p><b>Threads.</b> Every method may be called from any thread; none locks. Each set is an
 * immutable value that is replaced by compare-and-set: an admission or a release allocates at most
 * 450 bytes.
 */
public final class ClientTable {

  static final int SETS = 8192;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long IPV4_AS_IPV6 = 0xffffL << 32;

  private final ClientLimits limits;
  private final Clients clients;

  private final Gcra gcra;

  /** What outlives a change of limits. */
  private record Clients(
      SipHash hash,
      AtomicReferenceArray<ClientSet> sets,
      LongAdder forgotten,
      LongAdder unbounded) {

    Clients(SipHash hash) {
      this(hash, emptySets(), new LongAdder(), new LongAdder());
    }

    private static AtomicReferenceArray<ClientSet> emptySets() {
      AtomicReferenceArray<ClientSet> sets = new AtomicReferenceArray<>(SETS);
      for (int i = 0; i < SETS; i++) {
        sets.setPlain(i, ClientSet.EMPTY);
      }
      return sets;
    }
  }

  /** An empty table with a secret key of its own. */
  public ClientTable(ClientLimits limits) {
    this(limits, new SipHash(RANDOM.nextLong(), RANDOM.nextLong()));
  }

  ClientTable(ClientLimits limits, SipHash hash) {
    this(limits, new Clients(hash));
  }

  private ClientTable(ClientLimits limits, Clients clients) {
    this.limits = limits;
    this.clients = clients;
    this.gcra = Gcra.of(limits.rate(), limits.burst());
  }

  /**
   * The table to be asked from now on when limits change. It goes on with the clients of this one,
   * unless it tells clients apart by other prefixes. Connections that this table has admitted are
   * released with this table.
   */
  public ClientTable with(ClientLimits changed) {
    return changed.tellsApartAs(limits)
        ? new ClientTable(changed, clients)
        : new ClientTable(changed);
  }

  public ClientLimits limits() {
    return limits;
  }

  /**
   * Lets a client in, or not. One that is refused changes nothing.
   *
   * @param nowNanos the time, as that of {@link System#nanoTime}
   */
  public ClientAdmission admit(InetAddress client, long nowNanos) {
    return admit(AddressBits.of(client), nowNanos);
  }

  /** Lets a client in, or not, as {@link #admit(InetAddress, long)} does. */
  public ClientAdmission admit(AddressBits client, long nowNanos) {
    if (!limits.isBounded()) {
      return Admitted.WITHOUT_COUNT;
    }
    long key = keyOf(client);
    int place = placeOf(key);
    while (true) {
      ClientSet set = clients.sets.get(place);
      int index = set.indexOf(key);
      boolean known = index != ClientSet.NOWHERE;
      long arrival = known ? set.arrivalNanos(index) : nowNanos;
      long connections = known ? set.connections(index) : 0;
      Refused refused = refused(connections, arrival, nowNanos);
      if (refused != null) {
        return refused;
      }
      int into = known ? index : placeForNew(set, nowNanos);
      if (into == ClientSet.NOWHERE) {
        clients.unbounded.increment();
        return Admitted.WITHOUT_COUNT;
      }
      if (replace(place, set, into, key, gcra.after(arrival, nowNanos), connections, nowNanos)) {
        return counts() ? new Admitted(key) : Admitted.WITHOUT_COUNT;
      }
    }
  }

  private @Nullable Refused refused(long connections, long arrivalNanos, long nowNanos) {
    if (limits.maxConnections() > 0 && connections >= limits.maxConnections()) {
      return Refused.CLIENT_LIMIT;
    }
    return gcra.conforms(arrivalNanos, nowNanos) ? null : Refused.CLIENT_RATE;
  }

  /** Why a client would not be let in now; empty when it would be. Changes nothing. */
  public Optional<Refused> refusal(AddressBits client, long nowNanos) {
    if (!limits.isBounded()) {
      return Optional.empty();
    }
    long key = keyOf(client);
    ClientSet set = clients.sets.get(placeOf(key));
    int index = set.indexOf(key);
    return index == ClientSet.NOWHERE
        ? Optional.empty()
        : Optional.ofNullable(refused(set.connections(index), set.arrivalNanos(index), nowNanos));
  }

  /** Without a bound of them, connections are not counted: clients can be forgotten earlier. */
  private boolean counts() {
    return limits.maxConnections() > 0;
  }

  /**
   * Where in a set a new client goes: in place of one that may be forgotten, else behind the last,
   * else in place of one that may not yet be forgotten; else nowhere.
   */
  private static int placeForNew(ClientSet set, long nowNanos) {
    int leastMissed = set.leastMissed();
    boolean hasRoom = set.size() < ClientSet.WAYS;
    if (hasRoom && (leastMissed == ClientSet.NOWHERE || isMissed(set, leastMissed, nowNanos))) {
      return set.size();
    }
    return leastMissed;
  }

  /** Whether it would make a difference to forget a client that has no connection. */
  private static boolean isMissed(ClientSet set, int index, long nowNanos) {
    return set.arrivalNanos(index) - nowNanos > 0;
  }

  private boolean replace(
      int place, ClientSet set, int into, long key, long arrival, long connections, long now) {
    long counted = connections + (counts() ? 1 : 0);
    boolean isNew = into == set.size();
    ClientSet next =
        isNew ? set.plus(key, arrival, counted) : set.with(into, key, arrival, counted);
    if (!clients.sets.compareAndSet(place, set, next)) {
      return false;
    }
    if (!isNew && set.key(into) != key && isMissed(set, into, now)) {
      clients.forgotten.increment();
    }
    return true;
  }

  /** A connection that was let in has ended. To be called once. */
  public void release(Admitted admitted, long nowNanos) {
    if (admitted.client() == Admitted.UNCOUNTED) {
      return;
    }
    long key = admitted.client();
    int place = placeOf(key);
    ClientSet set;
    ClientSet next;
    do {
      set = clients.sets.get(place);
      int index = set.indexOf(key);
      if (index == ClientSet.NOWHERE || set.connections(index) == 0) {
        // Was released already: to count below zero would let others in.
        return;
      }
      next = oneLess(set, index, nowNanos);
    } while (!clients.sets.compareAndSet(place, set, next));
  }

  private static ClientSet oneLess(ClientSet set, int index, long nowNanos) {
    long left = set.connections(index) - 1;
    return left == 0 && !isMissed(set, index, nowNanos)
        ? set.without(index)
        : set.with(index, set.key(index), set.arrivalNanos(index), left);
  }

  /** How many connections of a client are counted. */
  public long connections(InetAddress client) {
    return connections(AddressBits.of(client));
  }

  /** How many connections of a client are counted. */
  public long connections(AddressBits client) {
    long key = keyOf(client);
    ClientSet set = clients.sets.get(placeOf(key));
    int index = set.indexOf(key);
    return index == ClientSet.NOWHERE ? 0 : set.connections(index);
  }

  /** How many clients are known; looks at all sets. */
  public int size() {
    int sum = 0;
    for (int i = 0; i < SETS; i++) {
      sum += clients.sets.get(i).size();
    }
    return sum;
  }

  /** How many clients were forgotten before they could have had a whole burst again. */
  public long forgotten() {
    return clients.forgotten.sum();
  }

  /** How many clients were let in without being bounded, as there was no room for them. */
  public long unbounded() {
    return clients.unbounded.sum();
  }

  private long keyOf(AddressBits client) {
    long key = client.ipv6() ? keyOfIpv6(client) : keyOfIpv4(client);
    return key == Admitted.UNCOUNTED ? 1 : key;
  }

  private long keyOfIpv6(AddressBits client) {
    int prefix = limits.prefix6();
    return clients.hash.hash(
        client.high() & AddressBits.highMask(prefix), client.low() & AddressBits.lowMask(prefix));
  }

  private long keyOfIpv4(AddressBits client) {
    long network = client.high() & AddressBits.highMask(limits.prefix4());
    return clients.hash.hash(0, IPV4_AS_IPV6 | (network >>> 32));
  }

  private static int placeOf(long key) {
    return (int) (key >>> 32) & (SETS - 1);
  }
}
