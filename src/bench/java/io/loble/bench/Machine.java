package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the figures come from. */
record Machine(Settings settings, Path directory) {

  private static final int PATIENCE_SECONDS = 30;
  private static final double GIB = 1024 * 1024;

  @Override
  public String toString() {
    Markdown table = new Markdown("what", "which");
    add(table, "processor", find("/proc/cpuinfo", "model name\\s*: (.*)"));
    add(table, "cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    add(table, "memory", memory());
    add(table, "system", find("/etc/os-release", "PRETTY_NAME=\"(.*)\"") + ", Linux " + kernel());
    add(table, "TCP congestion control", find("/proc/sys/net/ipv4/tcp_congestion_control", "(.*)"));
    add(table, "Java", java());
    add(table, "flags of Loble's JVM", flags());
    add(table, "Loble", loble());
    add(table, "HAProxy", version("haproxy", "(?i)version ([^ ]+)", "-v"));
    add(table, "nginx", version("nginx", "nginx/(.*)", "-v"));
    add(table, "wrk", version("wrk", "wrk ([^ ]+)", "-v"));
    add(table, "OpenSSL", version("openssl", "OpenSSL ([^ ]+)", "version"));
    add(table, "iperf3", version("iperf3", "iperf ([^ ]+)", "--version"));
    return table.toString();
  }

  private static void add(Markdown table, String what, String which) {
    table.add(List.of(what, which));
  }

  private String flags() {
    List<String> words = settings.launcher();
    List<String> flags = words.subList(1, words.indexOf("-jar"));
    return flags.isEmpty() ? "none" : "`" + String.join(" ", flags) + "`";
  }

  private static String memory() {
    double kibibytes = Double.parseDouble(find("/proc/meminfo", "MemTotal:\\s+(\\d+)"));
    return String.format(Locale.ROOT, "%.1f GiB", kibibytes / GIB);
  }

  private static String kernel() {
    return find("/proc/sys/kernel/osrelease", "(.*)");
  }

  private String loble() {
    List<String> command = new ArrayList<>(settings.launcher());
    command.add("--version");
    return output(command).trim() + commit();
  }

  /** The one that runs Loble. */
  private String java() {
    String version = output(List.of(settings.launcher().get(0), "-version"));
    return group("(?m)^(OpenJDK.*VM.*)$", version);
  }

  /** Of the checkout that this runs in, if it is one. */
  private String commit() {
    String here = Path.of("").toAbsolutePath().toString();
    try {
      String git = Tools.path("git");
      List<String> command = List.of(git, "-C", here, "describe", "--always", "--dirty");
      return ", commit " + Child.run(directory, PATIENCE_SECONDS, command).trim();
    } catch (IOException | IllegalStateException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** What a program says of itself. */
  private String version(String program, String pattern, String option) {
    return Tools.find(program)
        .map(path -> group(pattern, output(List.of(path.toString(), option))))
        .orElse("not installed");
  }

  /** Whatever it exits with, which is not 0 for all of them. */
  private String output(List<String> command) {
    try {
      return Child.run(directory, PATIENCE_SECONDS, command);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String find(String file, String pattern) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .map(Pattern.compile(pattern)::matcher)
          .filter(Matcher::find)
          .map(matcher -> matcher.group(1))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1).trim() : "unknown";
  }
}
