package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the fat jar is made of is the same wherever and whenever it is built, and says whose it is.
 */
class FatJarIT {

  private static final Path JAR =
      Path.of(System.getProperty("loble.jar", "target/loble-fat.jar")).toAbsolutePath();

  private static final String LICENCES = "META-INF/licences/";

  /** Of a jar on the class path: the directory of its version, and its name without it. */
  private static final Pattern ARTIFACT =
      Pattern.compile(".*/([^/]+)/([^/]+)/\\1-\\2(-[^/]+)?\\.jar");

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      preferences: {}
      current-context: there
      contexts:
        - name: there
          context: { cluster: there, user: me, namespace: shop }
      clusters:
        - name: there
          cluster:
            server: "https://there:6443"
            extensions:
              - name: cluster_info
                extension: { provider: minikube.sigs.k8s.io, version: v1.33.0 }
      users:
        - name: me
          user: { token: mine }
        - name: other
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: nothing
              env: [{ name: A, value: b }]
      """;

  private static final Pattern LISTED = Pattern.compile("\\((\\S+):(\\S+):(\\S+) - ");

  /** What is ours has the time that the pom fixes; the rest that of the jars that it came in. */
  @Test
  void noEntryHasTheTimeOfTheBuild() throws IOException {
    long built = Files.getLastModifiedTime(JAR).toMillis();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(entries(jar))
          .filteredOn(e -> e.getName().startsWith("io/loble/"))
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e.getTimeLocal()).hasToString("2026-01-01T00:00"));
      assertThat(entries(jar))
          .allSatisfy(e -> assertThat(e.getTime()).as(e.getName()).isLessThan(built - 3_600_000));
    }
  }

  /** Of Java it has the major version, which the classes depend on as well. */
  @Test
  void theManifestDoesNotSayWhoBuiltItOrWhen() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().keySet())
          .extracting(Object::toString)
          .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Bnd-LastModified");
      assertThat(jar.getManifest().getMainAttributes().values())
          .extracting(Object::toString)
          .noneMatch(value -> value.contains(System.getProperty("java.version")));
    }
  }

  /** A directory, a user or a date of the build would be another one elsewhere. */
  @Test
  void nothingThatTheBuildWroteNamesTheMachine() throws IOException {
    List<String> words = List.of(Path.of("").toAbsolutePath().toString(), "-SNAPSHOT");
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : entries(jar)) {
        if (entry.getName().startsWith("io/loble/") || entry.getName().startsWith(LICENCES)) {
          assertThat(text(jar, entry)).as(entry.getName()).doesNotContain(words);
        }
      }
    }
  }

  @Test
  void itListsTheLicenceOfEachOfItsParts() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String list = text(jar, jar.getJarEntry(LICENCES + "THIRD-PARTY.txt"));
      List<String> listed =
          LISTED
              .matcher(list)
              .results()
              .map(m -> m.group(1) + ":" + m.group(2) + ":" + m.group(3))
              .toList();
      List<String> inside =
          entries(jar).stream()
              .map(JarEntry::getName)
              .filter(name -> name.matches("META-INF/maven/.*/pom.properties"))
              .map(name -> name.split("/", -1))
              .map(parts -> parts[2] + ":" + parts[3])
              .filter(part -> !part.equals("io.loble:loble") && !part.startsWith("org.jctools:"))
              .toList();
      assertThat(inside).hasSizeGreaterThan(30);
      assertThat(inside)
          .allSatisfy(part -> assertThat(listed).anyMatch(l -> l.startsWith(part + ":")));
      assertThat(list).doesNotContain("Unknown license").doesNotContain("GPL-2.0", "GPL-3.0");
    }
  }

  /** Every licence by the name that the list has for it, and what jars bring themselves. */
  @Test
  void theLicencesTravelWithIt() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(entries(jar))
          .extracting(JarEntry::getName)
          .contains(
              LICENCES + "LICENSE",
              LICENCES + "Apache-2.0.txt",
              LICENCES + "EPL-2.0.txt",
              LICENCES + "BSD-3-Clause-ANTLR.txt",
              LICENCES + "BSD-3-Clause-JLine.txt",
              LICENCES + "jars/HdrHistogram/LICENSE.txt",
              LICENCES + "jars/slf4j-api/LICENSE.txt",
              LICENCES + "jars/netty-tcnative-boringssl-static-linux-x86_64/LICENSE.boringssl.txt",
              LICENCES + "jars/netty-tcnative-boringssl-static-linux-aarch_64/NOTICE.txt",
              "io/loble/dashboard/uplot/LICENSE");
      for (Path part : parts(jar)) {
        try (JarFile its = new JarFile(part.toFile())) {
          String directory = ARTIFACT.matcher(part.toString()).replaceFirst("$1$3");
          for (String notice : notices(its)) {
            assertThat(jar.getEntry(LICENCES + "jars/" + directory + "/" + notice))
                .as("%s of %s", notice, part)
                .isNotNull();
          }
        }
      }
    }
  }

  /** Of the many types of Kubernetes only those are there that a kubeconfig needs. */
  @Test
  void itReadsAKubeconfig() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader jar =
        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(jar);
      Class<?> type = jar.loadClass("io.fabric8.kubernetes.client.Config");
      Object config = type.getMethod("fromKubeconfig", String.class).invoke(null, KUBECONFIG);
      assertThat(type.getMethod("getMasterUrl").invoke(config)).isEqualTo("https://there:6443/");
      assertThat(type.getMethod("getNamespace").invoke(config)).isEqualTo("shop");
      assertThat(type.getMethod("getAutoOAuthToken").invoke(config)).isEqualTo("mine");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Of the jars on the class path, those that the fat jar is made of. */
  private static List<Path> parts(JarFile jar) {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<Path> parts =
        Arrays.stream(path.split(":"))
            .filter(p -> ARTIFACT.matcher(p).matches())
            .filter(p -> isPart(jar, p))
            .map(Path::of)
            .toList();
    assertThat(parts).hasSizeGreaterThan(30);
    return parts;
  }

  /** Whether the classes of that jar are in this one. */
  private static boolean isPart(JarFile jar, String path) {
    try (JarFile part = new JarFile(path)) {
      return part.stream()
          .filter(e -> e.getName().endsWith(".class") && !e.getName().contains("-info"))
          .findFirst()
          .map(e -> jar.getEntry(e.getName()) != null)
          .orElse(false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> notices(JarFile part) {
    return part.stream()
        .map(JarEntry::getName)
        .filter(name -> name.matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*"))
        .map(name -> name.substring("META-INF/".length()))
        .toList();
  }

  private static List<JarEntry> entries(JarFile jar) {
    try (Stream<JarEntry> entries = jar.stream()) {
      return entries.collect(Collectors.toList());
    }
  }

  private static String text(JarFile jar, JarEntry entry) throws IOException {
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
