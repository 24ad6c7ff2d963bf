package io.loble.config.keys;

import io.loble.config.read.Codec;
import io.loble.config.read.Node;
import io.loble.config.read.Problems;
import io.loble.config.read.TableList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An array of tables whose order matters and which have no names, so that a change of one is a
 * change of the whole array.
 */
record ComparedList<R>(TableList<R> tables) implements Codec<List<R>> {

  @Override
  public Optional<List<R>> read(Node node, @Nullable List<R> base, Problems problems) {
    return tables.read(node, base, problems);
  }

  @Override
  public Object write(List<R> value) {
    return tables.write(value);
  }

  @Override
  public void describe(String key, @Nullable List<R> fallback, KeyVisitor visitor) {
    tables.describe(key, fallback, visitor);
  }
}
