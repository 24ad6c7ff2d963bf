package io.loble.upstream.discovery;

import java.util.Arrays;

/** What SRV records (RFC 2782) say of their servers, as backends have it. */
final class SrvWeights {

  static final int MOST = 256;

  private static final int LAST_LEVEL = 99;

  private SrvWeights() {}

  /**
   * The weights of all servers of one priority: 1 to {@link #MOST}, since a server of weight 0 gets
   * little there, and none only from a balancer. They are the records' own where that is possible,
   * and else in the same proportion, so that the heaviest has the most that there is.
   *
   * @param shares 0 or more each
   */
  static int[] of(double[] shares) {
    double most = Arrays.stream(shares).max().orElse(0);
    if (most == 0 || Arrays.stream(shares).allMatch(SrvWeights::isWeight)) {
      return Arrays.stream(shares).mapToInt(share -> Math.max(1, (int) share)).toArray();
    }
    return Arrays.stream(shares)
        .mapToInt(share -> (int) Math.max(1, Math.round(share / most * MOST)))
        .toArray();
  }

  private static boolean isWeight(double share) {
    return share >= 1 && share <= MOST && share == Math.rint(share);
  }

  /**
   * The level of a priority. There are 100 of them; what comes after is in the last one.
   *
   * @param before how many others come before it
   */
  static int level(int before) {
    return Math.min(LAST_LEVEL, before);
  }
}
