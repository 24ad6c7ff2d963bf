package io.loble.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the proxies relay to: one nginx process that answers with 64 bytes, or with a file. */
final class HttpBackend {

  static final String SMALL = "/";
  static final String MEBIBYTE = "/1MiB";
  static final String GIBIBYTE = "/1GiB";

  private static final String CONF =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log stderr error;
      events {
        worker_connections 4096;
      }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        open_file_cache max=8;
        keepalive_requests 1000000000;
        keepalive_timeout 1h;
        default_type application/octet-stream;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        server {
          listen 127.0.0.1:%2$d backlog=4096;
          root %1$s/files;
          location = / {
            return 200 "%3$s";
          }
        }
      }
      """;

  private HttpBackend() {}

  static Server start(Path parent) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent, "backend");
    Path files = Files.createDirectory(directory.resolve("files"));
    hole(files.resolve(MEBIBYTE.substring(1)), 1L << 20);
    hole(files.resolve(GIBIBYTE.substring(1)), 1L << 30);
    int port = Ports.free();
    Path conf = directory.resolve("nginx.conf");
    Files.writeString(conf, CONF.formatted(directory, port, "x".repeat(64)));
    Child child =
        Child.start(
            directory,
            List.of(Tools.path("nginx"), "-p", directory.toString(), "-c", conf.toString()));
    return Server.of(port, child);
  }

  /** A file of zeros that takes no room on the disk. */
  private static void hole(Path file, long length) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(length);
    }
  }
}
