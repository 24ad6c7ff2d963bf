package io.loble;

import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.spi.VerticleFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Deploys Loble's verticles by short names such as {@code loble:proxy}. */
public final class LobleVerticleFactory implements VerticleFactory {

  /** What stands before the colon. */
  public static final String PREFIX = "loble";

  private static final Map<String, Callable<? extends Deployable>> VERTICLES =
      new TreeMap<>(
          Map.of(
              "main", MainVerticle::new,
              "proxy", ProxyVerticle::new,
              "health", HealthVerticle::new,
              "admin", AdminVerticle::new,
              "server", ServerVerticle::new,
              "client", ClientVerticle::new));

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public void createVerticle2(
      String verticleName,
      ClassLoader classLoader,
      Promise<Callable<? extends Deployable>> promise) {
    Callable<? extends Deployable> verticle =
        VERTICLES.get(VerticleFactory.removePrefix(verticleName));
    if (verticle == null) {
      promise.fail(
          "no verticle is called "
              + verticleName
              + "; known: "
              + String.join(", ", VERTICLES.keySet().stream().map(n -> PREFIX + ":" + n).toList()));
    } else {
      promise.complete(verticle);
    }
  }
}
