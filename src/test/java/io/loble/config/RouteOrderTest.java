package io.loble.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** In what order routes are asked. */
class RouteOrderTest {

  @Test
  void the_longer_path_of_a_host_comes_first() {
    assertThat(RouteOrder.of(List.of(route("/a"), route(""), route("/a/b/"), route("/b"))))
        .containsExactly(2, 0, 3, 1);
  }

  @Test
  void hosts_keep_their_places() {
    assertThat(
            RouteOrder.of(
                List.of(route("/a", "x"), route("/b/b", "y"), route("/a/b", "x"), route("/b"))))
        .containsExactly(2, 1, 0, 3);
  }

  @Test
  void hosts_are_the_same_in_any_order() {
    assertThat(RouteOrder.of(List.of(route("/a", "x", "y"), route("/a/b", "y", "x"))))
        .containsExactly(1, 0);
    assertThat(RouteOrder.of(List.of(route("/a", "x"), route("/a/b", "y", "x"))))
        .containsExactly(0, 1);
  }

  @Test
  void a_lower_order_comes_first_whatever_its_path() {
    assertThat(RouteOrder.of(List.of(ordered(1, "/a/b/c"), ordered(0, "/a"), ordered(-1, "/"))))
        .containsExactly(2, 1, 0);
  }

  @Test
  void routes_of_connections_stay_as_they_are() {
    RouteConfig any = new RouteConfig(List.of(), List.of(), List.of(), "p");
    RouteConfig named = new RouteConfig(List.of("x"), List.of(), List.of(), "p");
    assertThat(RouteOrder.of(List.of(any, named, any))).containsExactly(0, 1, 2);
  }

  @Property
  void every_route_is_asked_once(@ForAll("routes") List<RouteConfig> routes) {
    List<Integer> asked = new ArrayList<>(RouteOrder.of(routes));
    Collections.sort(asked);
    for (int i = 0; i < routes.size(); i++) {
      assertThat(asked.get(i)).isEqualTo(i);
    }
    assertThat(asked).hasSameSizeAs(routes);
  }

  @Property
  void of_two_routes_the_rule_says_which_comes_first(@ForAll("routes") List<RouteConfig> routes) {
    List<Integer> asked = RouteOrder.of(routes);
    for (int a = 0; a < routes.size(); a++) {
      for (int b = a + 1; b < routes.size(); b++) {
        RouteConfig one = routes.get(a);
        RouteConfig other = routes.get(b);
        boolean isFirst = asked.indexOf(a) < asked.indexOf(b);
        int longer = one.match().path().length() - other.match().path().length();
        if (one.order() != other.order()) {
          assertThat(isFirst).isEqualTo(one.order() < other.order());
        } else if (hosts(one).equals(hosts(other))) {
          assertThat(isFirst).isEqualTo(longer >= 0);
        }
      }
    }
  }

  @Property
  void a_place_belongs_to_the_hosts_that_it_has_in_the_file(
      @ForAll("routes") List<RouteConfig> routes) {
    List<RouteConfig> inFile = new ArrayList<>(routes);
    inFile.sort((a, b) -> Integer.compare(a.order(), b.order()));
    List<Integer> asked = RouteOrder.of(routes);
    for (int i = 0; i < routes.size(); i++) {
      assertThat(hosts(routes.get(asked.get(i)))).isEqualTo(hosts(inFile.get(i)));
    }
  }

  @Provide
  Arbitrary<List<RouteConfig>> routes() {
    Arbitrary<List<String>> hosts =
        Arbitraries.of(
            List.<String>of(), List.of("x"), List.of("y"), List.of("x", "y"), List.of("y", "x"));
    return Combinators.combine(
            Arbitraries.of("", "/", "/a", "/a/b", "/ab", "/b/c/d"),
            hosts,
            Arbitraries.integers().between(-1, 1))
        .as(
            (path, names, order) ->
                new RouteConfig(
                    List.of(),
                    List.of(),
                    List.of(),
                    "p",
                    new HttpMatch(names, path, List.of(), Map.of()),
                    RouteAction.NONE,
                    order))
        .list()
        .ofMaxSize(8);
  }

  private static Set<String> hosts(RouteConfig route) {
    return Set.copyOf(route.match().hosts());
  }

  private static RouteConfig route(String path, String... hosts) {
    return route(0, path, hosts);
  }

  private static RouteConfig ordered(int order, String path) {
    return route(order, path);
  }

  private static RouteConfig route(int order, String path, String... hosts) {
    return new RouteConfig(
        List.of(),
        List.of(),
        List.of(),
        "p",
        new HttpMatch(List.of(hosts), path, List.of(), Map.of()),
        RouteAction.NONE,
        order);
  }
}
