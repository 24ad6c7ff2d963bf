package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;

/**
 * The same backend for the same client, on every core and in every process with the same backends.
 * When a backend leaves, only its own clients move; when it comes back, only they return.
 *
 * <p>Weighted rendezvous hashing: D. Thaler and C. Ravishankar, "Using Name-Based Mappings to
 * Increase Hit Rates" (1998), with the weights of C. Schindelhauer and G. Schomaker, "Weighted
 * Distributed Hash Tables" (2005): each backend draws a number from the exponential distribution of
 * its weight, seeded by its name and the client, and the lowest wins.
 */
final class SourceHash implements Balancer {

  private final List<Backend> backends;
  private final long[] seeds;
  private final double[] weights;

  SourceHash(List<Backend> backends) {
    this.backends = backends;
    this.seeds = backends.stream().mapToLong(backend -> Hash.of(backend.name())).toArray();
    this.weights = backends.stream().mapToDouble(Backend::effectiveWeight).toArray();
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new ByDraw(client.hash());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(candidates(client));
  }

  private final class ByDraw extends LowestFirst {

    private final long clientHash;

    ByDraw(long clientHash) {
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
      return ((Hash.mix(clientHash ^ seeds[index]) >>> 11) + 0.5) * 0x1.0p-53;
    }
  }
}
