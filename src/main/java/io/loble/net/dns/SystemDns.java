package io.loble.net.dns;

import io.loble.net.Literals;
import io.vertx.core.Future;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the system says of name servers and search domains, unless Vert.x was told otherwise. Read
 * again when it is asked for and was read two seconds ago. To be used from one context.
 */
final class SystemDns {

  private static final Path FILE = Path.of("/etc/resolv.conf");
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final VertxInternal vertx;
  private final List<InetSocketAddress> servers;
  private volatile ResolvConf lastRead = ResolvConf.parse("");
  private @Nullable Future<ResolvConf> settings;
  private long readNanos;

  /**
   * @param servers to ask instead of the system's; none for those
   */
  SystemDns(VertxInternal vertx, List<InetSocketAddress> servers) {
    this.vertx = vertx;
    this.servers = List.copyOf(servers);
  }

  /** The settings as they are now; never fails. */
  Future<ResolvConf> settings() {
    Future<ResolvConf> known = settings;
    long now = System.nanoTime();
    if (known == null || now - readNanos > KEPT_NANOS) {
      // A file that cannot be read, for want of a descriptor perhaps, has not changed.
      known = vertx.executeBlocking(this::read, false).recover(cause -> last()).map(this::changed);
      settings = known;
      readNanos = now;
    }
    return known;
  }

  private Future<ResolvConf> last() {
    return Future.succeededFuture(lastRead);
  }

  private ResolvConf read() throws IOException {
    ResolvConf read = ResolvConf.parse(text());
    lastRead = read;
    return read;
  }

  private static String text() throws IOException {
    try {
      return Files.readString(FILE);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private ResolvConf changed(ResolvConf system) {
    AddressResolverOptions told = vertx.nameResolver().options();
    List<InetSocketAddress> others = servers.isEmpty() ? servers(told.getServers()) : servers;
    ResolvConf changed = others.isEmpty() ? system : system.withServers(others);
    List<String> search = told.getSearchDomains();
    return search == null ? changed : changed.withSearch(search, told.getNdots());
  }

  /** In Vert.x's form: an IPv4 address, with a port perhaps. */
  private static List<InetSocketAddress> servers(@Nullable List<String> texts) {
    List<InetSocketAddress> found = new ArrayList<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      int colon = text.lastIndexOf(':');
      InetAddress address = Literals.address(colon < 0 ? text : text.substring(0, colon));
      if (address != null) {
        int port = colon < 0 ? ResolvConf.PORT : Integer.parseInt(text.substring(colon + 1));
        found.add(new InetSocketAddress(address, port));
      }
    }
    return found;
  }
}
