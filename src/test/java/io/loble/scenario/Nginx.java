package io.loble.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An nginx that serves the files of a directory. */
record Nginx(int port, Program program) implements AutoCloseable {

  /** One process, nothing outside the directory, as whoever runs the tests. */
  private static final String CONF =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        server {
          %2$s
        }
      }
      """;

  /** What makes an nginx of one server of HTTP, which is described. */
  static List<String> command(Path directory, String server) throws IOException {
    Path conf =
        Files.writeString(directory.resolve("nginx.conf"), CONF.formatted(directory, server));
    return List.of(Peers.path("nginx"), "-p", directory.toString(), "-c", conf.toString());
  }

  static Nginx start(Path directory) throws IOException {
    int port = Peers.freePort();
    String server = "listen 127.0.0.1:%d; root %s;".formatted(port, directory);
    Program program = Program.start(directory, Map.of(), command(directory, server));
    Peers.awaitPort(port, program);
    return new Nginx(port, program);
  }

  @Override
  public void close() {
    program.close();
  }
}
