package io.loble.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * In what order the routes of a listener are asked: by their {@code order}, and those of one order
 * as in the file, but that routes with the same hosts change places among themselves so that longer
 * paths come first.
 */
public final class RouteOrder {

  /** Of which routes change places among themselves. */
  private record Group(int order, Set<String> hosts) {}

  private RouteOrder() {}

  /** The places of the routes in the file, counted from 0, in the order in which they are asked. */
  public static List<Integer> of(List<RouteConfig> routes) {
    List<Integer> inOrder =
        IntStream.range(0, routes.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> routes.get(i).order()))
            .toList();
    Map<Group, List<Integer>> places = new LinkedHashMap<>();
    for (int place = 0; place < inOrder.size(); place++) {
      RouteConfig route = routes.get(inOrder.get(place));
      Group group = new Group(route.order(), route.match().hostSet());
      places.computeIfAbsent(group, first -> new ArrayList<>()).add(place);
    }
    List<Integer> asked = new ArrayList<>(inOrder);
    places.values().forEach(group -> exchange(group, inOrder, routes, asked));
    return List.copyOf(asked);
  }

  private static void exchange(
      List<Integer> places, List<Integer> from, List<RouteConfig> routes, List<Integer> asked) {
    List<Integer> sorted =
        places.stream()
            .map(from::get)
            .sorted(Comparator.comparingInt(i -> -routes.get(i).match().path().length()))
            .toList();
    for (int i = 0; i < sorted.size(); i++) {
      asked.set(places.get(i), sorted.get(i));
    }
  }
}
