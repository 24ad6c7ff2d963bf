package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * nginx's stream module, or for requests its own proxy, with a worker for each of two cores, each
 * with a listening socket of its own.
 */
record NginxPeer() implements Peer {

  static final String NAME = "nginx";

  private static final String CONF =
      """
      load_module %1$s;
      daemon off;
      worker_processes 2;
      pid %2$s/nginx.pid;
      error_log stderr error;
      events {
        worker_connections %3$d;
      }
      stream {
        %6$s
        server {
          listen 127.0.0.1:%4$d reuseport %7$s;
          proxy_connect_timeout 5s;
          proxy_timeout 5m;
          proxy_pass %5$s;
          %8$s
        }
      }
      """;

  /**
   * Requests go by connections that are kept, however many come by one. Answers are sent on as they
   * are read, in pieces of 32 KiB, which takes less for large ones than what it does by default.
   */
  private static final String REQUESTS =
      """
      daemon off;
      worker_processes 2;
      pid %1$s/nginx.pid;
      error_log stderr error;
      events {
        worker_connections %2$d;
      }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        keepalive_requests 1000000000;
        tcp_nodelay on;
        upstream backend {
          server 127.0.0.1:%4$d;
          keepalive 256;
          keepalive_requests 1000000000;
        }
        server {
          listen 127.0.0.1:%3$d reuseport;
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_buffering off;
            proxy_buffer_size 32k;
            proxy_buffers 4 32k;
            proxy_busy_buffers_size 64k;
          }
        }
      }
      """;

  /** Who names another server is turned away. */
  private static final String MAP = "map $ssl_preread_server_name $named { %s 127.0.0.1:%d; }";

  /** What all speak; the buffers hold four records, which is better for bulk than one. */
  private static final String TLS =
      """
      ssl_certificate %1$s/%2$s;
            ssl_certificate_key %1$s/%3$s;
            ssl_protocols %4$s;
            ssl_conf_command Ciphersuites %5$s;
            ssl_session_tickets on;
            proxy_buffer_size 64k;
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "nginx";
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing(NAME)
        .or(
            () ->
                Tools.nginxStream().isPresent()
                    ? Optional.empty()
                    : Optional.of("libnginx-mod-stream is not installed"));
  }

  @Override
  public List<String> command(Path directory, int port, int backendPort, Reads reads)
      throws IOException {
    Path conf = directory.resolve("nginx.conf");
    // Both sides of a connection count, and one worker may get all of them.
    int descriptors = 2 * CONNECTIONS;
    Files.writeString(
        conf,
        reads == Reads.REQUESTS
            ? REQUESTS.formatted(directory, descriptors, port, backendPort)
            : stream(directory, port, backendPort, reads, descriptors));
    return List.of(Tools.path(NAME), "-p", directory.toString(), "-c", conf.toString());
  }

  private static String stream(
      Path directory, int port, int backendPort, Reads reads, int descriptors) {
    return CONF.formatted(
        Tools.nginxStream().orElseThrow(),
        directory,
        descriptors,
        port,
        reads == Reads.SERVER_NAME ? "$named" : "127.0.0.1:" + backendPort,
        reads == Reads.SERVER_NAME ? MAP.formatted(ClientHello.SERVER_NAME, backendPort) : "",
        listen(reads),
        server(directory, reads));
  }

  private static String listen(Reads reads) {
    return switch (reads) {
      case NOTHING, SERVER_NAME, REQUESTS -> "";
      case PROXY_HEADER -> "proxy_protocol";
      case TLS, TLS_RSA -> "ssl";
    };
  }

  private static String server(Path directory, Reads reads) {
    return switch (reads) {
      case NOTHING, PROXY_HEADER, REQUESTS -> "";
      case SERVER_NAME -> "ssl_preread on;";
      case TLS, TLS_RSA ->
          TLS.formatted(
              directory, TlsFiles.CERT, TlsFiles.KEY, TlsClient.VERSION, TlsClient.CIPHER);
    };
  }
}
