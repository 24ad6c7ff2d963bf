package io.loble.net;

import io.netty.resolver.HostsFileEntriesProvider;
import io.vertx.core.Future;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hosts file, with every address of a name: Vert.x's resolver knows the first one only. Read
 * again when it is asked for and was read two seconds ago. To be used from one context.
 */
public final class HostsFile {

  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final VertxInternal vertx;
  private final AddressResolverOptions options;
  private @Nullable Future<HostsFileEntriesProvider> entries;
  private volatile @Nullable HostsFileEntriesProvider lastRead;
  private long readNanos;

  /**
   * @param options where Vert.x is told to find it
   */
  public HostsFile(VertxInternal vertx, AddressResolverOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** The addresses of a name, in the file's order, those of IPv4 first; none when it has none. */
  public Future<List<InetAddress>> addresses(String name) {
    return entries().map(known -> find(known, name));
  }

  private Future<HostsFileEntriesProvider> entries() {
    Future<HostsFileEntriesProvider> known = entries;
    long now = System.nanoTime();
    if (known == null || known.failed() || now - readNanos > KEPT_NANOS) {
      known = vertx.executeBlocking(this::read, false).recover(this::keep);
      entries = known;
      readNanos = now;
    }
    return known;
  }

  /** A file that cannot be read, for want of a descriptor perhaps, has not changed. */
  private Future<HostsFileEntriesProvider> keep(Throwable cause) {
    HostsFileEntriesProvider last = lastRead;
    return last == null ? Future.failedFuture(cause) : Future.succeededFuture(last);
  }

  private HostsFileEntriesProvider read() throws IOException {
    HostsFileEntriesProvider read = parse();
    lastRead = read;
    return read;
  }

  private HostsFileEntriesProvider parse() throws IOException {
    if (options.getHostsPath() != null) {
      return readNamed(vertx.fileResolver().resolve(options.getHostsPath()));
    }
    if (options.getHostsValue() != null) {
      return HostsFileEntriesProvider.parser()
          .parse(new StringReader(options.getHostsValue().toString()));
    }
    return HostsFileEntriesProvider.parser().parse();
  }

  private static HostsFileEntriesProvider readNamed(File file) throws IOException {
    if (!file.isFile()) {
      throw new FileNotFoundException("cannot read the hosts file " + file);
    }
    return HostsFileEntriesProvider.parser().parse(file);
  }

  private static List<InetAddress> find(HostsFileEntriesProvider entries, String name) {
    String key = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    List<InetAddress> found = new ArrayList<>(find(entries.ipv4Entries(), key));
    found.addAll(find(entries.ipv6Entries(), key));
    return found.stream().distinct().toList();
  }

  private static List<InetAddress> find(Map<String, List<InetAddress>> entries, String name) {
    return entries.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
