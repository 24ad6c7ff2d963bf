package io.loble.config.source;

import io.loble.config.DiscoverySource.Targets;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.Tables;
import io.loble.config.read.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the files can be used in which pools find backends. One that cannot is no error of the
 * configuration: another program may write it later.
 */
final class TargetFiles {

  private TargetFiles() {}

  /** For so long files are looked at: where one hangs, the others are not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What is wrong with them, a sentence for each, which begins with the key. Blocks. */
  static List<String> warnings(LobleConfig config) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> warnings = new ArrayList<>();
    for (PoolConfig pool : config.pools().values()) {
      if (System.nanoTime() - end < 0) {
        warning(pool).ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  private static Optional<String> warning(PoolConfig pool) {
    return pool.discovery()
        .source(Targets.class)
        .flatMap(source -> trouble(TargetsFile.read(source.file()).content()))
        .map(
            why ->
                Place.of("").child(Tables.POOLS).child(pool.name()).key()
                    + ".discover.file: "
                    + why);
  }

  private static Optional<String> trouble(TargetsFile.Content content) {
    if (content instanceof TargetsFile.Missing missing) {
      return Optional.of(missing.why() + "; as long as there is none, nothing is found in it");
    }
    return content instanceof TargetsFile.Unusable unusable
        ? Optional.of(unusable.why() + "; as long as that is so, nothing new is found in it")
        : Optional.empty();
  }
}
