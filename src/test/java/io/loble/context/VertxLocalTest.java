package io.loble.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxLocalTest {

  private final Vertx vertx = Vertx.vertx();
  private final Vertx other = Vertx.vertx();

  @AfterEach
  void close() {
    Future.all(vertx.close(), other.close()).await();
  }

  @Test
  void everyVertxInstanceHasItsOwnValue() {
    VertxLocal<Object> local = VertxLocal.of("it", Object::new);

    assertThat(local.get(vertx)).isSameAs(local.get(vertx)).isNotSameAs(local.get(other));
  }

  @Test
  void twoOfTheSameNameAreApart() {
    VertxLocal<Object> one = VertxLocal.of("it", Object::new);
    VertxLocal<Object> two = VertxLocal.of("it", Object::new);

    assertThat(one.get(vertx)).isNotSameAs(two.get(vertx));
  }

  @Test
  void allThreadsGetTheSameValue() {
    VertxLocal<Object> local = VertxLocal.of("it", Object::new);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Object>> asked =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    vertx.executeBlocking(
                        () -> {
                          start.await();
                          return local.get(vertx);
                        },
                        false))
            .toList();
    start.countDown();

    assertThat(Future.all(asked).await().<Object>list()).containsOnly(local.get(vertx));
  }

  @Test
  void aValueMayBeMadeOfAnother() {
    VertxLocal<Object> inner = VertxLocal.of("inner", Object::new);
    VertxLocal<List<Object>> outer = VertxLocal.of("outer", () -> List.of(inner.get(vertx)));

    assertThat(outer.get(vertx)).containsExactly(inner.get(vertx));
  }

  @Test
  void sizesTellOfWhatIsKept() {
    VertxLocal<ConcurrentMap<String, String>> map = VertxLocal.map("map");
    VertxLocal<Object> single = VertxLocal.of("single", Object::new);
    single.get(vertx);
    map.get(vertx).put("a", "1");
    map.get(vertx).put("b", "2");
    map.get(vertx).remove("a");

    assertThat(VertxLocal.sizes(vertx)).isEqualTo(Map.of("map", 1, "single", 1));
    assertThat(VertxLocal.sizes(other)).isEmpty();
  }
}
