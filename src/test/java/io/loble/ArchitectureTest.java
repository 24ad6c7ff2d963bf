package io.loble;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import io.vertx.core.shareddata.Shareable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of the packages, and what each may touch. */
class ArchitectureTest {

  private static final Path SOURCES = Path.of("src/main/java");

  /** Where the picture of docs/architecture.md has the names of packages. */
  private static final int NAME_FROM = 13;

  /**
   * From the bottom up, as the picture has it: a package knows those before it, never one after.
   */
  private static final List<String> ORDER = packagesOfThePicture();

  private static final JavaClasses MAIN =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.loble");

  /** And the benchmarks, which are compiled with them. */
  private static final JavaClasses TESTS =
      new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages("io.loble");

  @ParameterizedTest
  @MethodSource("packagesWithSomethingAbove")
  void noPackageKnowsOneAboveIt(String lower, String[] above) {
    noClasses()
        .that()
        .resideInAPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .check(MAIN);
  }

  static Stream<Object[]> packagesWithSomethingAbove() {
    return IntStream.range(0, ORDER.size() - 1)
        .mapToObj(
            i ->
                new Object[] {
                  ORDER.get(i), ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new)
                });
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .isSubsetOf(ORDER)
        .containsAll(ORDER);
  }

  private static List<String> packagesOfThePicture() {
    try {
      String page = Files.readString(Path.of("docs/architecture.md"));
      String picture =
          page.substring(page.indexOf("```text"), page.indexOf("<!-- end of packages -->"));
      return picture
          .lines()
          .filter(line -> line.length() > NAME_FROM)
          .map(line -> line.substring(NAME_FROM).strip().replaceFirst("\\s.*", ""))
          .filter(name -> !name.startsWith("-"))
          .map(name -> name.equals("(verticles)") ? "io.loble" : "io.loble." + name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.loble.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void noMoreThanThreeClassesFormACycle() {
    assertThat(ClassCycles.of(MAIN)).filteredOn(cycle -> cycle.size() > 3).isEmpty();
  }

  @Test
  void noCycleLeadsOutOfTheSockets() {
    assertThat(ClassCycles.of(MAIN))
        .filteredOn(cycle -> cycle.stream().anyMatch(ArchitectureTest::isOfSockets))
        .allSatisfy(cycle -> assertThat(cycle).allMatch(ArchitectureTest::isOfSockets));
  }

  private static boolean isOfSockets(String name) {
    return name.startsWith("io.loble.net.");
  }

  @Test
  void packagesOfTestsFormNoCycle() {
    slices().matching("io.loble.(*)..").should().beFreeOfCycles().check(TESTS);
  }

  @Test
  void streamsKnowNothingOfConnectionsListenersOrConfiguration() {
    noClasses()
        .that()
        .resideInAPackage("io.loble.net..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.loble.proxy..", "io.loble.config..", "io.loble.balancer..")
        .check(MAIN);
  }

  @Test
  void theModelKnowsNoMoreOfVertxThanShareable() {
    noClasses()
        .that()
        .resideInAPackage("io.loble.model")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..", "io.netty..").and(not(type(Shareable.class))))
        .check(MAIN);
  }

  @Test
  void balancersDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("io.loble.balancer")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx..",
                "io.netty..",
                "java.net..",
                "java.nio.channels..",
                "java.nio.file..",
                "java.io..",
                "org.slf4j.."))
        .check(MAIN);
  }

  @Test
  void balancersAndTheStateMachineReadNoClock() {
    noClasses()
        .that()
        .resideInAPackage("io.loble.balancer")
        .or()
        .resideInAPackage("io.loble.upstream.member")
        .or()
        .haveFullyQualifiedName("io.loble.upstream.health.BackendHealth")
        .or()
        .haveFullyQualifiedName("io.loble.upstream.health.Window")
        .or()
        .haveFullyQualifiedName("io.loble.upstream.health.Learning")
        .or()
        .haveFullyQualifiedName("io.loble.upstream.health.Outliers")
        .or()
        .haveFullyQualifiedName("io.loble.upstream.Shares")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat(type(Clock.class).or(resideInAPackage("java.util.concurrent..")))
        .check(MAIN);
  }

  @Test
  void changesAreWorkedOutWithoutVertx() {
    noClasses()
        .that()
        .haveNameMatching("io\\.loble\\.control\\.(ConfigPlanner|ChangePlan|Rollout|StepEffects)")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.vertx..")
                .or(name("io.loble.control.RunningBalancer"))
                .or(type(Clock.class)))
        .because("what a change would do can be asked without one that runs")
        .check(MAIN);
  }

  @Test
  void prefacesAreFunctionsOfBytes() {
    noClasses()
        .that()
        .resideInAPackage("io.loble.preface")
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                        "io.loble.preface",
                        "java.lang..",
                        "java.util..",
                        "java.nio",
                        "java.nio.charset",
                        "org.jspecify..")
                    .or(type(InetAddress.class))
                    .or(type(UnknownHostException.class))
                    .or(type(ByteArrayOutputStream.class))))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(MAIN);
  }

  @Test
  void nettyChannelsStayWithSocketsAndTheSimulators() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.loble.net..", "io.loble.sim..", "io.loble.tls")
        .and()
        .doNotHaveFullyQualifiedName("io.loble.cli.ServiceManager")
        .and()
        .doNotHaveFullyQualifiedName("io.loble.http.StrictRequestDecoder")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty.channel..")
        .because(
            "whoever relays uses them, TLS and the decoder of requests are handlers of theirs, and systemd is told by a datagram, which Java cannot send")
        .check(MAIN);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(type(Thread.class))).and(target(name("sleep"))))
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.loble.cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> packages =
          files
              .filter(f -> f.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertThat(packages)
          .hasSameSizeAs(ORDER)
          .allSatisfy(directory -> assertThat(directory.resolve("package-info.java")).exists());
    }
  }
}
