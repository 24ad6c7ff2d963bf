package io.loble.deploy;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Dockerfile, as far as ours goes: what it does not know is an error. */
public record Dockerfile(List<Stage> stages) {

  static final Path FILE = Path.of("Dockerfile");

  private static final Pattern CONTINUED = Pattern.compile("\\\\\n");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*\n");
  private static final Pattern LINE = Pattern.compile("([A-Z]+)\\s+((?:--\\S+\\s+)*)(.*)");
  private static final Pattern BASE = Pattern.compile("(\\S+?)(?: AS (\\S+))?");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("FROM", Set.of("platform")),
          Map.entry("ARG", Set.of()),
          Map.entry("LABEL", Set.of()),
          Map.entry("WORKDIR", Set.of()),
          Map.entry("COPY", Set.of("from")),
          Map.entry("RUN", Set.of("mount")),
          Map.entry("USER", Set.of()),
          Map.entry("EXPOSE", Set.of()),
          Map.entry("ENV", Set.of()),
          Map.entry("STOPSIGNAL", Set.of()),
          Map.entry("HEALTHCHECK", Set.of("interval", "timeout", "start-period", "retries")),
          Map.entry("ENTRYPOINT", Set.of()),
          Map.entry("CMD", Set.of()));

  /**
   * One line.
   *
   * @param options without their dashes
   * @param rest what stands behind them
   */
  public record Step(String name, Map<String, String> options, String rest) {

    static Step of(String line) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches() || !OPTIONS.containsKey(matcher.group(1))) {
        throw new IllegalArgumentException("not understood: " + line);
      }
      Map<String, String> options = options(matcher.group(2));
      if (!Set.copyOf(OPTIONS.get(matcher.group(1))).containsAll(options.keySet())) {
        throw new IllegalArgumentException("an option is not understood: " + line);
      }
      return new Step(matcher.group(1), options, matcher.group(3).trim());
    }

    private static Map<String, String> options(String text) {
      return words(text).stream()
          .map(word -> word.substring(2).split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : pair[1]));
    }

    /** What stands there, separated by spaces. */
    List<String> words() {
      return words(rest);
    }

    /** The words of a JSON array, which reach the program without a shell. */
    public List<String> exec() {
      return new JsonArray(rest).stream().map(String.class::cast).toList();
    }

    private static List<String> words(String text) {
      return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }
  }

  /**
   * What begins with FROM.
   *
   * @param base the image that it begins with, as it is without build arguments
   */
  public record Stage(String base, String name, Map<String, String> options, List<Step> steps) {

    /** What the one line of that name says. */
    public Step only(String name) {
      List<Step> found = all(name);
      if (found.size() != 1) {
        throw new IllegalArgumentException(found.size() + " lines begin with " + name);
      }
      return found.get(0);
    }

    List<Step> all(String name) {
      return steps.stream().filter(step -> step.name().equals(name)).toList();
    }

    /** The variables that its programs have, each on a line {@code ENV NAME=VALUE}. */
    Map<String, String> variables() {
      return all("ENV").stream()
          .map(step -> step.rest().split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
  }

  /** Ours. */
  static Dockerfile read() throws IOException {
    return read(FILE);
  }

  /**
   * Any that is like ours.
   *
   * @throws IllegalArgumentException when something in it is not understood
   */
  public static Dockerfile read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Dockerfile parse(String text) {
    String joined = CONTINUED.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll(" ");
    Map<String, String> arguments = new HashMap<>();
    List<Stage> stages = new ArrayList<>();
    for (String line : joined.lines().filter(l -> !l.isBlank()).toList()) {
      Step step = Step.of(line);
      if (step.name().equals("FROM")) {
        stages.add(stage(step, arguments));
      } else if (!stages.isEmpty()) {
        stages.get(stages.size() - 1).steps().add(step);
      } else if (step.name().equals("ARG")) {
        String[] pair = step.rest().split("=", 2);
        arguments.put(pair[0], pair[1]);
      } else {
        throw new IllegalArgumentException("stands before the first FROM: " + line);
      }
    }
    return new Dockerfile(stages);
  }

  private static Stage stage(Step from, Map<String, String> arguments) {
    Matcher matcher = BASE.matcher(from.rest());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not understood: FROM " + from.rest());
    }
    String base =
        VARIABLE
            .matcher(matcher.group(1))
            .replaceAll(found -> Optional.ofNullable(arguments.get(found.group(1))).orElseThrow());
    String name = Optional.ofNullable(matcher.group(2)).orElse("");
    return new Stage(base, name, from.options(), new ArrayList<>());
  }

  Stage stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  /** The one that becomes the image. */
  public Stage last() {
    return stages.get(stages.size() - 1);
  }

  /** What is copied from the checkout into any stage. */
  List<String> sources() {
    return stages.stream()
        .flatMap(stage -> stage.all("COPY").stream())
        .filter(copy -> !copy.options().containsKey("from"))
        .flatMap(copy -> copy.words().stream().limit(copy.words().size() - 1))
        .toList();
  }

  /** Of that file, the lines that say something. */
  static List<String> lines(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("\n"))
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
