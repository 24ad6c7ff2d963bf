package io.loble.upstream;

import io.loble.model.BackendState;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.MonitorListener;

/** Does nothing about what monitors of backends tell. */
final class QuietListener implements MonitorListener {

  @Override
  public void changed(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    throw new AssertionError(detail);
  }

  @Override
  public void shareChanged() {}

  @Override
  public void trialGranted(BackendMonitor backend) {}

  @Override
  public boolean mayEject(BackendMonitor backend) {
    return true;
  }

  @Override
  public void notProbed(String why) {
    throw new AssertionError(why);
  }
}
