package io.loble;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * The tests' way to read and write JSON is that of the fat jar. Vert.x would take another one here,
 * since the Kubernetes models bring Jackson's databind along.
 */
public final class JsonAsShipped implements JsonFactory {

  @Override
  public JsonCodec codec() {
    return new JacksonCodec();
  }
}
