package io.loble.cli;

import io.loble.model.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class LobleVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"loble " + BuildInfo.version()};
  }
}
