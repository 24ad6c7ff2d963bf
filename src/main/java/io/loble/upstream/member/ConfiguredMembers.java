package io.loble.upstream.member;

import io.loble.config.BackendConfig;
import io.loble.model.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members that the configuration names. */
public final class ConfiguredMembers implements MemberSource {

  private List<BackendConfig> members = List.of();
  private @Nullable Listener listener;

  @Override
  public void start(Listener newListener) {
    listener = newListener;
    newListener.members(Source.CONFIGURATION, members);
  }

  /** A new configuration is in force. */
  public void configure(List<BackendConfig> backends) {
    members = List.copyOf(backends);
    if (listener != null) {
      listener.members(Source.CONFIGURATION, members);
    }
  }

  @Override
  public void stop() {
    listener = null;
  }
}
