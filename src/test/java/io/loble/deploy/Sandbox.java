package io.loble.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that programs see as the root of all files. What a base image would bring, which is
 * Debian's userland, is this machine's: {@code /usr} and {@code /etc}, read-only.
 */
record Sandbox(Path root) {

  private static final List<String> DIRECTORIES = List.of("usr", "etc", "proc", "dev", "tmp");

  /** In Debian these are links into /usr. */
  private static final List<String> LINKS = List.of("bin", "sbin", "lib", "lib32", "lib64");

  /** Where images of Temurin have it. */
  private static final String JDK = "/opt/java/openjdk";

  /**
   * What makes the JVMs of a builder as unlike those of a container as it gets: without compressed
   * pointers, unless somebody says otherwise.
   */
  private static final String LARGE_HEAP = "-Xmx40g";

  /** To be run in namespaces of its own: {@code sh -c MOUNT sh ROOT}. */
  private static final String MOUNT =
      """
      set -eu
      root=$1
      shift
      mount --bind "$root" "$root"
      mount -o bind,ro /usr "$root/usr"
      mount -o bind,ro /etc "$root/etc"
      mount -t proc proc "$root/proc"
      mount -t tmpfs -o mode=755 tmpfs "$root/dev"
      for device in null zero full random urandom; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
      done
      ln -s /proc/self/fd "$root/dev/fd"
      """;

  private static final String WITH_JDK =
      """
      mkdir -p "$root%1$s"
      mount -o bind,ro "$1" "$root%1$s"
      shift
      """
          .formatted(JDK);

  private static final String READ_ONLY =
      """
      mount -o remount,ro "$root/dev"
      mount -o remount,bind,ro "$root"
      """;

  private static final String WRITABLE_TMP = "mount -t tmpfs tmpfs \"$root/tmp\"\n";

  private static final String ENTER = "exec chroot \"$root\" \"$@\"\n";

  static Sandbox create(Path root) throws IOException {
    for (String name : DIRECTORIES) {
      Files.createDirectories(root.resolve(name));
    }
    for (String name : LINKS) {
      Path link = Path.of("/", name);
      if (Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(link));
      }
    }
    return new Sandbox(root);
  }

  /** A path as programs in here write it. */
  Path path(String inside) {
    return root.resolve(inside.replaceFirst("^/+", ""));
  }

  /** What a builder does for RUN: as root, with a shell, where everything can be written to. */
  List<String> build(Path jdk, String workdir, String script) {
    return Stream.of(
            namespaces(),
            List.of("sh", "-c", MOUNT + WITH_JDK + ENTER, "sh", root.toString(), jdk.toString()),
            environment(
                workdir,
                Map.of(
                    "JAVA_HOME",
                    JDK,
                    "PATH",
                    JDK + "/bin:/usr/bin:/bin",
                    "JAVA_TOOL_OPTIONS",
                    LARGE_HEAP)),
            List.of("/bin/sh", "-c", script))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What an engine does for {@code run --read-only --cap-drop ALL --security-opt
   * no-new-privileges}.
   *
   * @param tmp whether there is also {@code --tmpfs /tmp}
   */
  List<String> run(
      boolean tmp, String user, String workdir, Map<String, String> variables, List<String> words) {
    String script = MOUNT + (tmp ? WRITABLE_TMP : "") + READ_ONLY + ENTER;
    return Stream.of(
            namespaces(),
            List.of("sh", "-c", script, "sh", root.toString()),
            privileges(user),
            environment(workdir, variables),
            words)
        .flatMap(List::stream)
        .toList();
  }

  /** Its first process has the number 1, as in a container, and takes all others with it. */
  private static List<String> namespaces() {
    return List.of(
        "unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child");
  }

  private static List<String> privileges(String user) {
    String[] ids = user.split(":", 2);
    return List.of(
        "setpriv",
        "--reuid=" + ids[0],
        "--regid=" + ids[1],
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all");
  }

  private static List<String> environment(String workdir, Map<String, String> variables) {
    List<String> words = new ArrayList<>(List.of("env", "-i", "-C", workdir));
    words.add("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    variables.forEach((name, value) -> words.add(name + "=" + value));
    return words;
  }
}
