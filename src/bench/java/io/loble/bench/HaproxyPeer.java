package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * HAProxy with a thread for each of two cores, and otherwise as it comes, or with the option that
 * its manual recommends for bulk.
 *
 * @param splices whether it may move bytes inside the kernel
 */
record HaproxyPeer(boolean splices) implements Peer {

  static final String NAME = "haproxy";

  /** The name of the one that splices. */
  static final String SPLICING = "haproxy-splice";

  private static final String PROGRAM = "haproxy";

  /** Of its own accord it wants a pipe for every fourth connection, which is beyond its limit. */
  private static final int PIPES = 500;

  private static final String CONF =
      """
      global
        nbthread 2
        maxconn %1$d
        %4$s
        %8$s
      defaults
        mode %9$s
        timeout connect 5s
        timeout client 5m
        timeout server 5m
        %5$s
      listen bench
        bind 127.0.0.1:%2$d %6$s
        %7$s
        server backend 127.0.0.1:%3$d
      """;

  /** Who names another server is turned away. */
  private static final String BY_NAME =
      """
      tcp-request inspect-delay 3s
        tcp-request content reject unless { req.ssl_sni -i %s }
      """
          .formatted(ClientHello.SERVER_NAME);

  /** What all speak; the buffers hold four records, which is better for bulk than one. */
  private static final String TLS =
      """
      ssl-default-bind-options ssl-min-ver %s
        ssl-default-bind-ciphersuites %s
        tune.bufsize 65536
      """
          .formatted(TlsClient.VERSION, TlsClient.CIPHER);

  /** Each request takes any connection that is there, and says whose it is. */
  private static final String REQUESTS =
      """
      http-reuse always
        option forwardfor
      """;

  @Override
  public String name() {
    return splices ? SPLICING : NAME;
  }

  @Override
  public String title() {
    return splices ? "HAProxy, splice-auto" : "HAProxy";
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing(PROGRAM);
  }

  @Override
  public List<String> command(Path directory, int port, int backendPort, Reads reads)
      throws IOException {
    Path conf = directory.resolve("haproxy.cfg");
    Files.writeString(
        conf,
        CONF.formatted(
            CONNECTIONS,
            port,
            backendPort,
            splices ? "maxpipes " + PIPES : "",
            splices ? "option splice-auto" : "",
            bind(directory, reads),
            rules(reads),
            reads.decrypts() ? TLS : "",
            reads == Reads.REQUESTS ? "http" : "tcp"));
    return List.of(Tools.path(PROGRAM), "-db", "-f", conf.toString());
  }

  private static String rules(Reads reads) {
    return switch (reads) {
      case SERVER_NAME -> BY_NAME;
      case REQUESTS -> REQUESTS;
      case NOTHING, PROXY_HEADER, TLS, TLS_RSA -> "";
    };
  }

  private static String bind(Path directory, Reads reads) {
    return switch (reads) {
      case NOTHING, SERVER_NAME, REQUESTS -> "";
      case PROXY_HEADER -> "accept-proxy";
      case TLS, TLS_RSA -> "ssl crt " + directory.resolve(TlsFiles.CERT);
    };
  }
}
