package io.loble.upstream.member;

import io.loble.config.BackendConfig;
import io.loble.model.Address;
import io.loble.model.Source;

/**
 * A backend that belongs to a pool.
 *
 * @param config its settings
 * @param source where it is named
 */
public record Member(BackendConfig config, Source source) {

  public MemberId id() {
    return new MemberId(config.name(), config.address());
  }

  String name() {
    return config.name();
  }

  Address address() {
    return config.address();
  }
}
