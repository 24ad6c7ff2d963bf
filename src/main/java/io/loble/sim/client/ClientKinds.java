package io.loble.sim.client;

import java.util.SplittableRandom;

/** What each kind of client does. */
final class ClientKinds {

  private ClientKinds() {}

  /** What one client of that kind will do, all of it drawn here and now. */
  static Script script(ClientKind kind, SplittableRandom random, ClientSettings settings) {
    return switch (kind) {
      case REAL -> new RealClient(random);
      case FIRE_AND_FORGET -> new FireAndForgetClient(random);
      case STREAM -> new StreamClient(random);
      case IDLE -> new IdleClient(random);
      case SLOW -> new SlowClient(random);
      case BULK -> new BulkClient(random, settings.bulkBytes());
      case HALF_CLOSE -> new HalfCloseClient(random);
      case RESET -> new ResetClient(random);
      case RECONNECT_STORM -> new ReconnectStormClient(random);
      case HTTP -> new HttpScript(random);
      case WEBSOCKET -> new WebSocketScript(random);
    };
  }
}
