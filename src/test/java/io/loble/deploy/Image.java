package io.loble.deploy;

import io.loble.scenario.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the Dockerfile makes, made without an engine: its lines are carried out one by one, in
 * {@link Sandbox}es that stand for the base images. The stage that runs Maven is not: the jar is
 * the one that was built already.
 *
 * @param files what the image's files are
 * @param stage what it runs, and how
 */
record Image(Sandbox files, String workdir, Dockerfile.Stage stage) {

  private static final String JAR_STAGE = "jar";
  private static final String JDK_STAGE = "runtime";

  static Image build(Dockerfile dockerfile, Path directory, Path jar, Path jdk) throws IOException {
    Build runtime =
        new Build(Sandbox.create(directory.resolve(JDK_STAGE)), jdk) {
          @Override
          void copyFrom(String stage, String source, Path target) throws IOException {
            if (!stage.equals(JAR_STAGE) || !source.equals("/build/target/loble-fat.jar")) {
              throw new IllegalArgumentException("not the jar: " + source + " of " + stage);
            }
            Files.copy(jar, target);
          }
        };
    runtime.carryOut(dockerfile.stage(JDK_STAGE));
    Build last =
        new Build(Sandbox.create(directory.resolve("image")), jdk) {
          @Override
          void copyFrom(String stage, String source, Path target) {
            if (!stage.equals(JDK_STAGE)) {
              throw new IllegalArgumentException("no stage is called " + stage);
            }
            layer(runtime.sandbox().path(source), target);
          }
        };
    last.carryOut(dockerfile.last());
    return new Image(last.sandbox(), last.workdir(), dockerfile.last());
  }

  /** As in a layer, which is a tar file: times are whole seconds in it. */
  private static void layer(Path source, Path target) {
    String copy = "mkdir -p \"$2\" && tar -C \"$1\" --format=ustar -c . | tar -C \"$2\" -xp";
    Program.run(
        Path.of("/"),
        List.of("bash", "-euo", "pipefail", "-c", copy, "bash", source + "", target + ""));
  }

  /** With the image's own command. */
  List<String> command() {
    return stage.only("CMD").exec();
  }

  /** {@code docker run --read-only [--tmpfs /tmp] -e … IMAGE WORDS}. */
  List<String> run(boolean tmp, Map<String, String> variables, List<String> words) {
    List<String> all = new ArrayList<>(stage.only("ENTRYPOINT").exec());
    all.addAll(words);
    return start(tmp, variables, all);
  }

  /** The same with other words in place of the image's entry point. */
  List<String> start(boolean tmp, Map<String, String> variables, List<String> words) {
    Map<String, String> all = new HashMap<>(stage.variables());
    all.putAll(variables);
    return files.run(tmp, user(), workdir, all, words);
  }

  /** What an engine runs beside the first process of a container, which has that number. */
  List<String> exec(long pid, List<String> words) {
    String[] ids = user().split(":", 2);
    return Stream.concat(
            Stream.of(
                "nsenter",
                "--target=" + pid,
                "--mount",
                "--pid",
                "--net",
                "--root",
                "--setuid=" + ids[0],
                "--setgid=" + ids[1]),
            words.stream())
        .toList();
  }

  /** What tells whether it is alive. */
  List<String> healthcheck() {
    String rest = stage.only("HEALTHCHECK").rest();
    return new Dockerfile.Step("CMD", Map.of(), rest.replaceFirst("^CMD ", "")).exec();
  }

  private String user() {
    return stage.only("USER").rest();
  }

  /** One stage while it is made. */
  private abstract static class Build {

    private final Sandbox sandbox;
    private final Path jdk;
    private String workdir = "/";

    Build(Sandbox sandbox, Path jdk) {
      this.sandbox = sandbox;
      this.jdk = jdk;
    }

    Sandbox sandbox() {
      return sandbox;
    }

    String workdir() {
      return workdir;
    }

    /** Copies one thing of another stage. */
    abstract void copyFrom(String stage, String source, Path target) throws IOException;

    void carryOut(Dockerfile.Stage stage) throws IOException {
      for (Dockerfile.Step step : stage.steps()) {
        switch (step.name()) {
          case "WORKDIR" -> {
            workdir = step.rest();
            Files.createDirectories(sandbox.path(workdir));
          }
          case "COPY" -> copy(step);
          case "RUN" -> Program.run(Path.of("/"), sandbox.build(jdk, workdir, step.rest()));
          default -> {
            // What it says is for when it runs.
          }
        }
      }
    }

    private void copy(Dockerfile.Step step) throws IOException {
      List<String> words = step.words();
      if (words.size() != 2) {
        throw new IllegalArgumentException("not one thing is copied: " + step.rest());
      }
      String target = words.get(1);
      Path path = sandbox.path(target.startsWith("/") ? target : workdir + "/" + target);
      Files.createDirectories(path.getParent());
      String stage = step.options().get("from");
      if (stage == null) {
        copyTree(Path.of(words.get(0)), path);
      } else {
        copyFrom(stage, words.get(0), path);
      }
    }

    private static void copyTree(Path source, Path target) throws IOException {
      try (Stream<Path> all = Files.walk(source)) {
        for (Path file : all.toList()) {
          Path copy = target.resolve(source.relativize(file).toString());
          if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(
                file, file.equals(source) ? target : copy, StandardCopyOption.COPY_ATTRIBUTES);
          }
        }
      }
    }
  }
}
