package io.loble.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy and nginx learn from the header who the client is, and take probes for what they are. */
class SendProxyIT {

  private static final String HAPROXY =
      """
      defaults
        mode http
        timeout client 10s
        timeout connect 10s
        timeout server 10s
      frontend told
        bind %1$s:%2$d accept-proxy
        http-request return status 200 content-type text/plain lf-string "%%[src] %%[src_port] %%[dst] %%[dst_port] [%%[fc_pp_unique_id]]"
      """;

  private static final String NGINX =
      """
      listen %1$s:%2$d proxy_protocol;
      default_type text/plain;
      return 200 "$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_addr $proxy_protocol_server_port []";
      """;

  /** One that is told, from one source address, and one listener for each family. */
  private static final String POOL =
      """
      [[listeners]]
      name = "%1$s"
      address = "%2$s:0"
      pool = "%1$s"
      [pools.%1$s]
      send_proxy = "%3$s"
      [[pools.%1$s.backends]]
      name = "%1$s"
      address = "%2$s:%4$d"
      [pools.%1$s.health]
      failure_threshold = 1
      success_threshold = 1
      [pools.%1$s.health.active]
      type = "http"
      interval = "100ms"
      """;

  @Test
  void haproxyIsTold(@TempDir Path directory) throws Exception {
    int port = Peers.freePort();
    for (String host : hosts()) {
      Path conf = directory.resolve("haproxy.cfg");
      Files.writeString(conf, HAPROXY.formatted(unbracketed(host), port));
      isTold(directory, host, port, List.of(Peers.path("haproxy"), "-db", "-f", conf.toString()));
    }
  }

  @Test
  void nginxIsTold(@TempDir Path directory) throws Exception {
    int port = Peers.freePort();
    for (String host : hosts()) {
      isTold(directory, host, port, Nginx.command(directory, NGINX.formatted(host, port)));
    }
  }

  private static void isTold(Path directory, String host, int port, List<String> command)
      throws Exception {
    String toml =
        "[admin]\naddress = \"127.0.0.1:0\"\n"
            + POOL.formatted("v1", host, "v1", port)
            + POOL.formatted("v2", host, "v2", port);
    try (Program peer = Program.start(directory, Map.of(), command);
        Balancer balancer = Balancer.start(directory, toml)) {
      for (String version : List.of("v1", "v2")) {
        // The probe's header is accepted, and its request is answered.
        await().atMost(30, SECONDS).until(() -> balancer.admin().state(version).equals("healthy"));
        isTold(host, balancer.port(version), version.equals("v2") && peer(command, "haproxy"));
      }
      assertThat(peer.isAlive()).isTrue();
      assertThat(balancer.admin().backend("v1").getLong("failures")).isZero();
    }
  }

  private static boolean peer(List<String> command, String name) {
    return command.get(0).endsWith(name);
  }

  private static void isTold(String host, int port, boolean namesConnection) throws IOException {
    try (Socket client = new Socket()) {
      client.setSoTimeout(10_000);
      client.connect(new InetSocketAddress(InetAddress.getByName(unbracketed(host)), port), 10_000);
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      String address = unbracketed(host);
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains(address + " " + client.getLocalPort() + " " + address + " " + port + " [");
      if (namesConnection) {
        assertThat(answer).containsPattern("\\[[0-9a-f]{24}-[0-9a-f]{16}]");
      }
    }
  }

  private static String unbracketed(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  /** Of both families, where this machine has both. */
  private static List<String> hosts() throws IOException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    boolean ipv6 = NetworkInterface.getByInetAddress(InetAddress.getByAddress(loopback)) != null;
    return ipv6 ? List.of("127.0.0.1", "[::1]") : List.of("127.0.0.1");
  }
}
