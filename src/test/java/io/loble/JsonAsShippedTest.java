package io.loble;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.jackson.JacksonCodec;
import org.junit.jupiter.api.Test;

class JsonAsShippedTest {

  @Test
  void testsReadAndWriteJsonAsTheFatJarDoes() {
    assertThat(Json.CODEC).isExactlyInstanceOf(JacksonCodec.class);
  }
}
