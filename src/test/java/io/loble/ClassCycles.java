package io.loble;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds classes that know each other, directly or by way of others: the strongly connected
 * components of their dependencies (Tarjan, "Depth-first search and linear graph algorithms",
 * 1972). A nested class counts as its top-level class.
 */
final class ClassCycles {

  private final Map<String, Set<String>> uses;
  private final Map<String, Visit> visits = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private ClassCycles(Map<String, Set<String>> uses) {
    this.uses = uses;
  }

  /** Where a class was met, and the earliest of the open ones that it reaches. */
  private static final class Visit {

    private final int number;
    private int lowest;
    private boolean isOpen = true;

    Visit(int number) {
      this.number = number;
      this.lowest = number;
    }

    Visit closed() {
      isOpen = false;
      return this;
    }
  }

  /** The cycles among these classes: each the names of two classes or more, in their order. */
  static List<Set<String>> of(JavaClasses classes) {
    return of(dependencies(classes));
  }

  /**
   * The same for anything that uses something.
   *
   * @param uses what each uses; what is used has an entry as well
   */
  static List<Set<String>> of(Map<String, Set<String>> uses) {
    ClassCycles cycles = new ClassCycles(uses);
    uses.keySet().stream().filter(name -> !cycles.visits.containsKey(name)).forEach(cycles::visit);
    return cycles.found;
  }

  private static Map<String, Set<String>> dependencies(JavaClasses classes) {
    Set<String> names = classes.stream().map(ClassCycles::topLevel).collect(toSet());
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass one : classes) {
      Set<String> used = uses.computeIfAbsent(topLevel(one), name -> new TreeSet<>());
      one.getDirectDependenciesFromSelf().stream()
          .map(dependency -> topLevel(dependency.getTargetClass().getBaseComponentType()))
          .filter(names::contains)
          .forEach(used::add);
    }
    return uses;
  }

  private static String topLevel(JavaClass one) {
    return one.getName().replaceFirst("\\$.*", "");
  }

  private Visit visit(String name) {
    Visit visit = new Visit(visits.size());
    visits.put(name, visit);
    open.push(name);
    for (String used : uses.getOrDefault(name, Set.of())) {
      Visit other = visits.get(used);
      if (other == null) {
        visit.lowest = Math.min(visit.lowest, visit(used).lowest);
      } else if (other.isOpen) {
        visit.lowest = Math.min(visit.lowest, other.number);
      }
    }
    if (visit.lowest == visit.number) {
      close(name);
    }
    return visit;
  }

  private void close(String first) {
    Set<String> component = new TreeSet<>();
    while (!component.contains(first)) {
      String name = open.pop();
      visits.computeIfPresent(name, (same, visit) -> visit.closed());
      component.add(name);
    }
    if (component.size() > 1) {
      found.add(component);
    }
  }
}
