package io.loble.config.keys;

import io.loble.config.Discovery;
import io.loble.config.FoundSettings;
import io.loble.config.read.Field;
import io.loble.config.read.OptionalScalar;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.model.BackendMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code [pools.NAME.discover.backends.NAME]}. */
final class FoundKeys {

  private static final Field<FoundSettings, Optional<Integer>> WEIGHT =
      Field.optional(
          "weight",
          new OptionalScalar<>(Scalars.between(0, 256)),
          FoundSettings::weight,
          Optional.empty());
  private static final Field<FoundSettings, Optional<Integer>> MAX_CONNECTIONS =
      Field.optional(
          "max_connections",
          new OptionalScalar<>(Scalars.atLeast(0)),
          FoundSettings::maxConnections,
          Optional.empty());
  private static final Field<FoundSettings, Optional<Integer>> PRIORITY =
      Field.optional(
          "priority",
          new OptionalScalar<>(Scalars.between(0, 99)),
          FoundSettings::priority,
          Optional.empty());
  private static final Field<FoundSettings, Optional<BackendMode>> STATE =
      Field.optional(
          "state",
          new OptionalScalar<>(
              Scalars.choice(
                  List.of(BackendMode.READY, BackendMode.DRAIN, BackendMode.MAINTENANCE))),
          FoundSettings::mode,
          Optional.empty());

  static final Section<FoundSettings> FOUND =
      new Section<>(
          v ->
              new FoundSettings(
                  v.get(WEIGHT), v.get(MAX_CONNECTIONS), v.get(PRIORITY), v.get(STATE)),
          WEIGHT,
          MAX_CONNECTIONS,
          PRIORITY,
          STATE);

  static final Field<Discovery, Map<String, FoundSettings>> BACKENDS =
      Field.optional("backends", new FoundTables(FOUND), Discovery::backends, Map.of());

  private FoundKeys() {}
}
