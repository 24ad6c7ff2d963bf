package io.loble.config.read;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What HAProxy, nginx, Envoy, Traefik and LVS call our keys and values, so that an error can name
 * ours. None of these words is accepted.
 */
public final class ForeignWords {

  private static final String BACKENDS = "[[backends]]";

  private static final List<Home> KEYS =
      List.of(
          key("address", "'address' in [listener]", "bind listen listenaddress ip host port url"),
          key("backends", BACKENDS, "server servers upstream upstreams node nodes member members"),
          key("backends", BACKENDS, "target targets endpoint endpoints lbendpoints backend"),
          key("pool", "'pool' in [[listeners]]", "defaultbackend usebackend backend upstream"),
          key("pool", "'pool' in [[listeners]]", "proxypass service cluster"),
          key("pools", "[pools.NAME]", "cluster clusters service services"),
          key("listener", "[listener]", "frontend entrypoint"),
          key("listeners", "[[listeners]]", "frontends entrypoints"),
          key("discover", "[pools.NAME.discover]", "discovery servicediscovery dns srv resolver"),
          key("discover", "[pools.NAME.discover]", "resolvers servertemplate edsclusterconfig"),
          key("algorithm", "'algorithm' in [balancer]", "algorithm balance lbpolicy lbalgorithm"),
          key("algorithm", "'algorithm' in [balancer]", "strategy scheduler loadbalancing"),
          key("max_connections", "'max_connections' in [limits]", "maxconnections maxconn"),
          key("max_connections", "'max_connections' in [limits]", "maxconns maxclients"),
          key("max_connections", "'max_connections' in [limits]", "connectionlimit"),
          key("interval", "'interval' in [health.active]", "interval inter checkinterval"),
          key("interval", "'interval' in [health.active]", "periodseconds"),
          key("timeout", "'timeout' in [health.active]", "checktimeout timeoutseconds"),
          key("success_threshold", "'success_threshold' in [health]", "rise passes"),
          key("success_threshold", "'success_threshold' in [health]", "healthythreshold"),
          key("failure_threshold", "'failure_threshold' in [health]", "fall maxfails fails"),
          key("failure_threshold", "'failure_threshold' in [health]", "unhealthythreshold"),
          key("path", "'path' in [health.active]", "uri"),
          key("enabled", "'enabled' in [health.active]", "check"),
          key("health", "[health]", "check checks healthcheck healthchecks httpchk"),
          key("state", "'state' in [[backends]]", "disabled down"),
          key("connect", "'connect' in [timeouts]", "connecttimeout timeoutconnect"),
          key("connect", "'connect' in [timeouts]", "proxyconnecttimeout"),
          key("idle", "'idle' in [timeouts]", "idletimeout proxytimeout tunnel client server"),
          key("idle", "'idle' in [timeouts]", "timeoutclient timeoutserver timeouttunnel"),
          key("half_closed", "'half_closed' in [timeouts]", "clientfin serverfin"),
          key("drain", "'drain' in [timeouts]", "draintimeout hardstopafter gracetimeout"),
          key("drain", "'drain' in [timeouts]", "workershutdowntimeout"),
          key("retries", "'retries' in [balancer]", "proxynextupstreamtries numretries"),
          key("priority", "'priority' in [[pools.NAME.backends]]", "backup"),
          key("slow_start", "'slow_start' in [pools.NAME]", "slowstart slowstartconfig"),
          key("panic_threshold", "'panic_threshold' in [pools.NAME]", "healthypanicthreshold"),
          key("queue", "'queue' in [pools.NAME]", "maxqueue timeoutqueue maxpendingrequests"),
          key("ejection", "[pools.NAME.ejection]", "outlierdetection observe"),
          key("circuit", "[pools.NAME.circuit]", "circuitbreaker circuitbreakers"),
          key("level", "'level' in [logging]", "loglevel"),
          key("access", "'access' in [logging]", "accesslog accesslogs"),
          key("logging", "[logging]", "log logs"),
          key("admin", "[admin]", "stats api dashboard"),
          key("instances", "'instances' in -conf", "nbthread workerprocesses workers"));

  private static final List<Home> ALGORITHMS =
      List.of(
          value("round_robin", "roundrobin weightedroundrobin staticrr wrr"),
          value("least_connections", "leastconn leastconns leastconnection leastrequest wlc"),
          value("least_connections", "leastoutstandingrequests leastloaded weightedleastconn"),
          value("random", "weightedrandom"),
          value("p2c", "randomtwo poweroftwochoices poweroftwo randomtwoleastconn"),
          value("peak_ewma", "ewma peakewma leasttime leastlatency leastresponsetime"),
          value("source_hash", "source sourceip srcip iphash hash ringhash clientip sh mh"),
          value("source_hash", "consistenthash sourceiphash clienthash hrw"));

  private static final List<Home> CHECKS =
      List.of(
          value("tcp", "tcpcheck connect"),
          value("http", "httpchk httpcheck httpget"),
          value("expect", "tcpcheckexpect sendexpect"));

  /**
   * A word of ours.
   *
   * @param elsewhere how it is named where it would not be right
   * @param words what others say, in the form that {@link #normal} gives
   */
  private record Home(String name, String elsewhere, List<String> words) {}

  private ForeignWords() {}

  /** The key that is meant, if it is one of the known. */
  static Optional<String> key(String word, Collection<String> known) {
    return meant(word, KEYS).map(Home::name).filter(known::contains).findFirst();
  }

  /** The key that is meant, with the table that it belongs into. */
  static Optional<String> keyElsewhere(String word) {
    return meant(word, KEYS).map(Home::elsewhere).findFirst();
  }

  /** The algorithm that is meant. */
  static Optional<String> algorithm(String word) {
    return meant(word, ALGORITHMS).map(Home::name).findFirst();
  }

  /** The kind of probe that is meant. */
  public static Optional<String> check(String word) {
    return meant(word, CHECKS).map(Home::name).findFirst();
  }

  private static Stream<Home> meant(String word, List<Home> homes) {
    String wanted = normal(word);
    return homes.stream().filter(home -> home.words().contains(wanted));
  }

  /** {@code LEAST_REQUEST}, {@code least-request} and {@code leastRequest} are one word. */
  static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  private static Home key(String name, String elsewhere, String words) {
    return new Home(name, elsewhere, Arrays.asList(words.split(" ", -1)));
  }

  private static Home value(String name, String words) {
    return key(name, name, words);
  }
}
