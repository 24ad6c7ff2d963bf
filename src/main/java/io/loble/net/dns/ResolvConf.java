package io.loble.net.dns;

import io.loble.net.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whom the system asks for names, and what it appends to them: resolv.conf(5).
 *
 * @param servers in the order in which they are asked; at least one
 * @param search domains that are appended to names, in order
 * @param ndots a name with so many dots or more is asked for as it is first
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int ndots) {

  static final int PORT = 53;

  private static final int MOST_NDOTS = 15;

  ResolvConf {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
  }

  /** Reads the file. What is not understood has no effect there either. */
  static ResolvConf parse(String text) {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    int ndots = 1;
    for (String line : text.lines().toList()) {
      List<String> words = Arrays.asList(line.strip().split("\\s+", -1));
      List<String> values = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" ->
            values.stream().findFirst().flatMap(ResolvConf::server).ifPresent(servers::add);
        case "domain" -> search = values.stream().limit(1).toList();
        case "search" -> search = values;
        case "options" -> ndots = ndots(values, ndots);
        default -> {
          // A comment, or of no use here.
        }
      }
    }
    return new ResolvConf(servers, search, ndots).withDefaultServer();
  }

  private static Optional<InetSocketAddress> server(String text) {
    return Optional.<InetAddress>ofNullable(Literals.address(text))
        .map(address -> new InetSocketAddress(address, PORT));
  }

  private static int ndots(List<String> options, int before) {
    int ndots = before;
    for (String option : options) {
      if (option.matches("ndots:\\d{1,9}")) {
        ndots = Math.min(MOST_NDOTS, Integer.parseInt(option.substring("ndots:".length())));
      }
    }
    return ndots;
  }

  private ResolvConf withDefaultServer() {
    return servers.isEmpty()
        ? withServers(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)))
        : this;
  }

  ResolvConf withServers(List<InetSocketAddress> others) {
    return new ResolvConf(others, search, ndots);
  }

  ResolvConf withSearch(List<String> others, int dots) {
    return new ResolvConf(servers, others, dots);
  }

  /**
   * The absolute names that a name may stand for, in the order in which they are asked for: only
   * the name itself where it ends with a dot. Those that are too long are left out.
   */
  List<String> candidates(String name) {
    List<String> texts = new ArrayList<>();
    if (!name.endsWith(".")) {
      search.forEach(domain -> texts.add(domain.equals(".") ? name : name + "." + domain));
    }
    long dots = name.chars().filter(c -> c == '.').count();
    texts.add(texts.isEmpty() || dots >= ndots ? 0 : texts.size(), name);
    return texts.stream().map(DnsName::absolute).flatMap(Optional::stream).distinct().toList();
  }
}
