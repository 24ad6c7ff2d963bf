package io.loble.config.read;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table that means something by being there: the defaults of its keys hold once it is, and
 * without it there is another value.
 *
 * @param absent the value without the table
 */
public record OptionalTable<R>(Section<R> section, R absent) implements Codec<R> {

  @Override
  public Optional<R> read(Node node, @Nullable R base, Problems problems) {
    return section.read(node, absent.equals(base) ? null : base, problems);
  }

  @Override
  public JsonObject write(R value) {
    return section.write(value);
  }

  @Override
  public boolean isAbsent(R value) {
    return absent.equals(value);
  }

  /** When the table comes, what differs from its defaults is named too: they hold from then on. */
  @Override
  public void compare(String key, R before, R after, List<SettingChange> changes) {
    List<SettingChange> found = new ArrayList<>();
    section.compare(key, before, after, found);
    if (isAbsent(before) && !isAbsent(after)) {
      Set<String> named = found.stream().map(SettingChange::key).collect(Collectors.toSet());
      List<SettingChange> more = new ArrayList<>();
      section.compare(key, section.defaults(), after, more);
      more.stream()
          .filter(change -> !named.contains(change.key()))
          .map(change -> new SettingChange(change.key(), change.after(), change.after()))
          .forEach(found::add);
    }
    changes.addAll(found);
  }

  @Override
  public void describe(String key, @Nullable R fallback, KeyVisitor visitor) {
    section.describe(key, null, visitor);
  }
}
