package io.loble.balancer;

import io.loble.model.Backend;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The same backend for the same client address, whatever its port, on every core and in every
 * process with the same backends. When a backend leaves, only its own clients move; when it comes
 * back, only they return.
 *
 * <p>Weighted rendezvous hashing: D. Thaler and C. Ravishankar, "Using Name-Based Mappings to
 * Increase Hit Rates" (1998), with the weights of C. Schindelhauer and G. Schomaker, "Weighted
 * Distributed Hash Tables" (2005): each backend draws a number from the exponential distribution of
 * its weight, seeded by its name and the client, and the lowest wins.
 */
final class SourceHash implements Balancer {

  private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final List<Backend> backends;
  private final long[] seeds;

  SourceHash(List<Backend> backends) {
    this.backends = backends;
    this.seeds =
        backends.stream().mapToLong(b -> hash(b.name().getBytes(StandardCharsets.UTF_8))).toArray();
  }

  @Override
  public Iterator<Backend> candidates(InetAddress client) {
    long clientHash = hash(canonical(client.getAddress()));
    double[] draws = new double[seeds.length];
    for (int i = 0; i < draws.length; i++) {
      double uniform = ((mix(clientHash ^ seeds[i]) >>> 11) + 0.5) * 0x1.0p-53;
      draws[i] = -Math.log(uniform) / backends.get(i).weight();
    }
    return new LowestFirst(backends, draws);
  }

  @Override
  public Forecast forecast(InetAddress client) {
    return Forecast.certain(candidates(client));
  }

  /** An IPv4 client is the same client when an IPv6 socket accepts it, as ::ffff:a.b.c.d. */
  private static byte[] canonical(byte[] address) {
    boolean mapped = address.length == 16 && Arrays.equals(address, 0, 12, IPV4_MAPPED, 0, 12);
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** FNV-1a in 64 bits, then mixed, since FNV alone leaves the high bits of short keys alike. */
  private static long hash(byte[] bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
