package io.loble.proxy;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.CheckType;
import io.loble.config.ActiveCheck.ExpectCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.config.AdminConfig;
import io.loble.config.BackendConfig;
import io.loble.config.Discovery;
import io.loble.config.FrontConfig;
import io.loble.config.HealthConfig;
import io.loble.config.Limits;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerLimits;
import io.loble.config.ListenerTls;
import io.loble.config.LobleConfig;
import io.loble.config.LoggingConfig;
import io.loble.config.LoggingConfig.Format;
import io.loble.config.LoggingConfig.Level;
import io.loble.config.MetricsConfig;
import io.loble.config.PoolConfig;
import io.loble.config.Resilience;
import io.loble.config.ShutdownConfig;
import io.loble.config.SocketSettings;
import io.loble.config.Timeouts;
import io.loble.model.Address;
import io.loble.model.Algorithm;
import io.loble.model.BackendMode;
import io.loble.model.Balancing;
import io.loble.model.Bandwidth;
import io.loble.model.FileMode;
import io.loble.model.HostPort;
import io.loble.model.Outbound;
import io.loble.model.PickRules;
import io.loble.model.PoolTls;
import io.loble.model.QueueLimits;
import io.loble.model.Retrying;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import io.loble.model.TcpSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration with one listener on a free loopback port, for tests to vary. */
final class TestConfig {

  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  private final List<BackendConfig> backends = new ArrayList<>();
  private Balancing balancing = Balancing.by(Algorithm.ROUND_ROBIN);
  private Retrying retrying = Retrying.upTo(1);
  private Resilience resilience = Resilience.OFF;
  private QueueLimits queue = QueueLimits.NONE;
  private int maxConnections;
  private int maxPipes = Limits.DEFAULT_MAX_PIPES;
  private int failureThreshold = 3;
  private boolean probing;
  private Duration probeInterval = Duration.ofMillis(50);
  private Duration connect = Duration.ofSeconds(5);
  private Duration idle = Duration.ofMinutes(5);
  private Duration halfClosed = Duration.ofMinutes(1);
  private Duration maxDuration = Duration.ZERO;
  private double maxDurationJitter;
  private TcpSettings ofListener = TcpSettings.DEFAULT;
  private TcpSettings ofPool = TcpSettings.DEFAULT;
  private Bandwidth bandwidth = Bandwidth.NONE;
  private ListenerLimits limits = ListenerLimits.NONE;
  private Duration overloadLag = Duration.ZERO;
  private double overloadHeap;
  private Outbound outbound = Outbound.PLAIN;
  private Address address = ANY_PORT;
  private FileMode mode = FileMode.OWNER_AND_GROUP;
  private Duration handshake = Timeouts.DEFAULT_HANDSHAKE;
  private Duration drain = Duration.ofSeconds(30);
  private FrontConfig front = FrontConfig.NONE;
  private ListenerTls tls = ListenerTls.OFF;
  private String listenerPool = "default";
  private final Map<String, List<BackendConfig>> otherPools = new LinkedHashMap<>();

  TestConfig backend(int port) {
    return backend("127.0.0.1", port, 1, 0);
  }

  TestConfig backend(String host, int port, int weight, int limit) {
    backends.add(new BackendConfig(host + ":" + port, new HostPort(host, port), weight, limit));
    return this;
  }

  /** One of the second level. */
  TestConfig backup(int port) {
    HostPort address = new HostPort("127.0.0.1", port);
    backends.add(new BackendConfig(address.toString(), address, 1, 0, 1, BackendMode.READY));
    return this;
  }

  TestConfig backend(Address address) {
    backends.add(new BackendConfig(address.toString(), address, 1, 0));
    return this;
  }

  TestConfig algorithm(Algorithm value) {
    return balancing(Balancing.by(value));
  }

  TestConfig balancing(Balancing value) {
    balancing = value;
    return this;
  }

  TestConfig retries(int value) {
    return retrying(Retrying.upTo(value));
  }

  TestConfig retrying(Retrying value) {
    retrying = value;
    return this;
  }

  /** Of the pools: what is done about backends that fail or are slow. */
  TestConfig resilience(Resilience value) {
    resilience = value;
    return this;
  }

  /** Of the pools: how many may wait, and for how long each. */
  TestConfig queue(int max, Duration timeout) {
    queue = new QueueLimits(max, timeout);
    return this;
  }

  TestConfig maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  TestConfig maxPipes(int value) {
    maxPipes = value;
    return this;
  }

  TestConfig failureThreshold(int value) {
    failureThreshold = value;
    return this;
  }

  TestConfig probing(Duration interval) {
    probing = true;
    probeInterval = interval;
    return this;
  }

  TestConfig trialsEvery(Duration interval) {
    probing = false;
    probeInterval = interval;
    return this;
  }

  TestConfig connect(Duration value) {
    connect = value;
    return this;
  }

  TestConfig idle(Duration value) {
    idle = value;
    return this;
  }

  TestConfig halfClosed(Duration value) {
    halfClosed = value;
    return this;
  }

  TestConfig maxDuration(Duration value) {
    maxDuration = value;
    return this;
  }

  TestConfig maxDurationJitter(double value) {
    maxDurationJitter = value;
    return this;
  }

  TestConfig handshake(Duration value) {
    handshake = value;
    return this;
  }

  TestConfig drain(Duration value) {
    drain = value;
    return this;
  }

  TestConfig bandwidth(Bandwidth value) {
    bandwidth = value;
    return this;
  }

  TestConfig tcp(TcpSettings listener, TcpSettings pool) {
    ofListener = listener;
    ofPool = pool;
    return this;
  }

  TestConfig limits(ListenerLimits value) {
    limits = value;
    return this;
  }

  TestConfig overload(Duration lag, double heap) {
    overloadLag = lag;
    overloadHeap = heap;
    return this;
  }

  TestConfig sendProxy(SendProxy version) {
    outbound = new Outbound(version, outbound.source(), outbound.tls());
    return this;
  }

  TestConfig source(InetAddress... addresses) {
    outbound = new Outbound(outbound.sendProxy(), SourceAddresses.of(List.of(addresses)));
    return this;
  }

  /** Of the listener. */
  TestConfig tls(ListenerTls value) {
    tls = value;
    return this;
  }

  /** Of the pools. */
  TestConfig poolTls(PoolTls value) {
    outbound = outbound.withTls(value);
    return this;
  }

  TestConfig listen(String host) {
    address = new HostPort(host, 0);
    return this;
  }

  TestConfig listen(Address value) {
    address = value;
    return this;
  }

  /** Of the listener's Unix socket. */
  TestConfig mode(FileMode value) {
    mode = value;
    return this;
  }

  /** What the listener asks its clients for. */
  TestConfig front(FrontConfig value) {
    front = value;
    return this;
  }

  /** The pool of the listener, which may be none. */
  TestConfig listenerPool(String name) {
    listenerPool = name;
    return this;
  }

  /** Another pool, with one backend. */
  TestConfig pool(String name, int port) {
    HostPort address = new HostPort("127.0.0.1", port);
    otherPools.put(name, List.of(new BackendConfig(address.toString(), address, 1, 0)));
    return this;
  }

  LobleConfig build() {
    ActiveCheck check =
        new ActiveCheck(
            probing,
            CheckType.TCP,
            probeInterval,
            Duration.ofSeconds(1),
            0.1,
            new HttpCheck("/", "", 200, 399),
            new ExpectCheck("", ""));
    Map<String, PoolConfig> pools = new LinkedHashMap<>();
    pools.put("default", pool("default", check, backends));
    otherPools.forEach((name, others) -> pools.put(name, pool(name, check, others)));
    return new LobleConfig(
        "test",
        List.of(
            new ListenerConfig("default", address, listenerPool, false, ofListener)
                .withSocket(new SocketSettings(SocketSettings.MAX_BACKLOG, false, bandwidth, mode))
                .withLimits(limits)
                .withFront(front)
                .withTls(tls)),
        pools,
        new Timeouts(connect, idle, halfClosed, maxDuration, maxDurationJitter, handshake, drain),
        ShutdownConfig.IMMEDIATE,
        new Limits(maxConnections, maxPipes, overloadLag, overloadHeap),
        new AdminConfig(ANY_PORT, ""),
        new MetricsConfig(true, ANY_PORT),
        new LoggingConfig(Level.INFO, Format.TEXT, true));
  }

  private PoolConfig pool(String name, ActiveCheck check, List<BackendConfig> members) {
    return new PoolConfig(
        name,
        new PickRules(balancing, retrying, queue),
        new HealthConfig(failureThreshold, 2, check),
        resilience,
        ofPool,
        members,
        outbound,
        Discovery.OFF);
  }
}
