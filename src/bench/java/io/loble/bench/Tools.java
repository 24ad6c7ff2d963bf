package io.loble.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that the benchmarks use, where they are installed. */
final class Tools {

  /** Where nginx is told to load modules from, in Debian and elsewhere. */
  private static final String[] MODULES = {
    "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/etc/nginx/modules"
  };

  private Tools() {}

  /**
   * The path of a program: the search path, then where Debian keeps programs for administrators.
   */
  static Optional<Path> find(String program) {
    Stream<Path> searchPath =
        Pattern.compile(File.pathSeparator).splitAsStream(System.getenv("PATH")).map(Path::of);
    return Stream.concat(searchPath, Stream.of(Path.of("/usr/sbin")))
        .map(directory -> directory.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static String path(String program) {
    return find(program).orElseThrow(() -> new IllegalStateException(reason(program))).toString();
  }

  /** Why something cannot be measured: the first of these programs that is not there. */
  static Optional<String> missing(String... programs) {
    return Stream.of(programs).filter(p -> find(p).isEmpty()).findFirst().map(Tools::reason);
  }

  /** The module that makes nginx relay TCP. */
  static Optional<Path> nginxStream() {
    return Stream.of(MODULES)
        .map(directory -> Path.of(directory, "ngx_stream_module.so"))
        .filter(Files::exists)
        .findFirst();
  }

  /** A program of the JDK that runs this. */
  static Path jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program);
  }

  private static String reason(String program) {
    return program + " is not installed";
  }
}
