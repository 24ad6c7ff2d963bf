package io.loble.sim.client;

import java.util.SplittableRandom;

/** One {@code PING}, and gone before the answer. */
final class FireAndForgetClient implements ClientBehaviour {

  private final int id;

  FireAndForgetClient(SplittableRandom random) {
    this.id = random.nextInt(Integer.MAX_VALUE);
  }

  @Override
  public String choices() {
    return "PING " + id;
  }

  @Override
  public void connected(ClientActions session) {
    session.send("PING " + id + "\n");
    session.finish();
  }
}
