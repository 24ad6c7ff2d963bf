package io.loble.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prefixes of paths, and which conditions say more than others. */
class HttpMatchTest {

  @ParameterizedTest
  @CsvSource({
    "/api,    /api,    true",
    "/api,    /api/,   true",
    "/api,    /api/x,  true",
    "/api,    /api//x, true",
    "/api,    /apix,   false",
    "/api,    /ap,     false",
    "/api,    /API,    false",
    "/api,    /x/api,  false",
    "/api/,   /api,    true",
    "/api/,   /api/x,  true",
    "/api/,   /apix,   false",
    "/a/b,    /a/b/c,  true",
    "/a/b,    /a/bc,   false",
    "/,       /,       true",
    "/,       /x,      true",
    "/,       *,       false"
  })
  void a_path_begins_with_a_prefix(String prefix, String path, boolean begins) {
    assertThat(HttpMatch.begins(path, path(prefix).path())).isEqualTo(begins);
  }

  @Property
  void a_prefix_is_so_many_segments(
      @ForAll("segments") List<String> prefix, @ForAll("segments") List<String> path) {
    boolean expected =
        path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    assertThat(HttpMatch.begins(written(path), written(prefix))).isEqualTo(expected);
  }

  @Property
  void what_is_stripped_and_what_is_left_are_the_path(
      @ForAll("segments") List<String> prefix, @ForAll("segments") List<String> path) {
    RouteAction action = new RouteAction(written(prefix), Duration.ZERO, false);
    String stripped = action.stripped(written(path));
    assertThat(stripped).startsWith("/");
    if (HttpMatch.begins(written(path), written(prefix))) {
      boolean all = path.equals(prefix);
      assertThat(written(prefix) + (all ? "" : stripped)).isEqualTo(written(path));
      assertThat(!all || stripped.equals("/")).isTrue();
    } else {
      assertThat(stripped).isEqualTo(written(path));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api,  /api/x, /x",
    "/api/, /api/x, /x",
    "/api,  /api,   /",
    "/api,  /api/,  /",
    "/api,  /apix,  /apix",
    "/,     /x,     /x",
    "'',    /x,     /x"
  })
  void a_prefix_is_taken_off(String prefix, String path, String left) {
    assertThat(new RouteAction(prefix, Duration.ZERO, false).stripped(path)).isEqualTo(left);
  }

  @Test
  void conditions_cover_those_that_say_more() {
    HttpMatch any = HttpMatch.ANY;
    HttpMatch below = new HttpMatch(List.of("*.x"), "", List.of(), Map.of());
    HttpMatch name = new HttpMatch(List.of("a.x"), "", List.of(), Map.of());
    HttpMatch get = new HttpMatch(List.of(), "", List.of("GET"), Map.of());
    HttpMatch both = new HttpMatch(List.of(), "", List.of("GET", "PUT"), Map.of());
    HttpMatch there = new HttpMatch(List.of(), "", List.of(), Map.of("x", HttpMatch.ANY_VALUE));
    HttpMatch one = new HttpMatch(List.of(), "", List.of(), Map.of("x", "1"));
    HttpMatch two = new HttpMatch(List.of(), "", List.of(), Map.of("x", "1", "y", "2"));

    for (HttpMatch narrow : List.of(below, name, get, both, there, one, two, path("/"))) {
      assertThat(any.covers(narrow)).isTrue();
      assertThat(narrow.covers(any)).isFalse();
    }
    assertThat(below.covers(name)).isTrue();
    assertThat(name.covers(below)).isFalse();
    assertThat(both.covers(get)).isTrue();
    assertThat(get.covers(both)).isFalse();
    assertThat(there.covers(one)).isTrue();
    assertThat(one.covers(there)).isFalse();
    assertThat(one.covers(two)).isTrue();
    assertThat(two.covers(one)).isFalse();
    assertThat(path("/a").covers(path("/a/b"))).isTrue();
    assertThat(path("/a").covers(path("/ab"))).isFalse();
    assertThat(path("/a/b").covers(path("/a"))).isFalse();
    assertThat(path("/").covers(path("/a"))).isTrue();
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.of("a", "ab", "b").list().ofMinSize(1).ofMaxSize(4);
  }

  private static HttpMatch path(String path) {
    return new HttpMatch(List.of(), path, List.of(), Map.of());
  }

  private static String written(List<String> segments) {
    return "/" + String.join("/", segments);
  }
}
