package io.loble.balancer;

import io.loble.model.Backend;
import java.nio.charset.StandardCharsets;
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

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<Backend> backends;
  private final long[] seeds;
  private final double[] weights;

  SourceHash(List<Backend> backends) {
    this.backends = backends;
    this.seeds = backends.stream().mapToLong(SourceHash::seed).toArray();
    this.weights = backends.stream().mapToDouble(Backend::effectiveWeight).toArray();
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new Candidates(hash(client));
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(candidates(client));
  }

  private final class Candidates extends LowestFirst {

    private final long clientHash;

    Candidates(long clientHash) {
      super(backends);
      this.clientHash = clientHash;
    }

    @Override
    double score(int index) {
      return -Math.log(uniform(index)) / weights[index];
    }

    @Override
    int favourite() {
      return 0;
    }

    @Override
    int start() {
      return 0;
    }

    /** Takes few logarithms, since -log(u) is never below 1 - u. */
    @Override
    int lowest() {
      int best = 0;
      double lowest = score(0);
      for (int i = 1; i < seeds.length; i++) {
        if (1 - uniform(i) < lowest * weights[i]) {
          double score = score(i);
          if (score < lowest) {
            best = i;
            lowest = score;
          }
        }
      }
      return best;
    }

    /** Between 0 and 1, both excluded. */
    private double uniform(int index) {
      return ((mix(clientHash ^ seeds[index]) >>> 11) + 0.5) * 0x1.0p-53;
    }
  }

  private static long seed(Backend backend) {
    long hash = FNV_OFFSET;
    for (byte b : backend.name().getBytes(StandardCharsets.UTF_8)) {
      hash = add(hash, b);
    }
    return mix(hash);
  }

  /** Of the 4 bytes of IPv4, or the 16 of IPv6. */
  private static long hash(ClientKey client) {
    long hash = FNV_OFFSET;
    if (!client.isIpv4()) {
      hash = add(add(hash, client.high(), Long.BYTES), client.low(), Long.BYTES);
    } else {
      hash = add(hash, client.low(), Integer.BYTES);
    }
    return mix(hash);
  }

  // FNV-1a in 64 bits, then mixed, since FNV alone leaves the high bits of short keys alike.

  private static long add(long hash, long bytes, int count) {
    long next = hash;
    for (int shift = (count - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      next = add(next, (byte) (bytes >> shift));
    }
    return next;
  }

  private static long add(long hash, byte next) {
    return (hash ^ (next & 0xff)) * FNV_PRIME;
  }

  /** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
