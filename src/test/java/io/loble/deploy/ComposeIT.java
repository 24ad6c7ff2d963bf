package io.loble.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.scenario.Admin;
import io.loble.scenario.Loble;
import io.loble.scenario.Peers;
import io.loble.scenario.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands and variables of {@code compose.yaml}, without containers: what is a host there is a
 * port here, and the volume is a directory.
 */
class ComposeIT {

  private static final String VOLUME = "/run/loble";
  private static final Pattern TOTAL =
      Pattern.compile("(?m)^loble_backend_connections_total\\{.*?backend=\"([^\"]+)\".*} (\\S+)$");

  /** More clients than by default, so that the test need not wait for them. */
  private static final Compose WORLD = Compose.read(Map.of("CLIENT_RATE", "40"));

  private final Map<String, String> here = new LinkedHashMap<>();

  @Test
  void everyServerGetsAsMuch(@TempDir Path directory) throws Exception {
    place("server-1:8080", "server-2:8081", "server-3:8082", "lb:9000", "lb:9090");
    here.put(VOLUME, directory.toString());
    String token = token(directory);
    List<Program> programs = new ArrayList<>();
    try {
      for (int i = 1; i <= 3; i++) {
        programs.add(start(directory, "server-" + i));
      }
      Program balancer = start(directory, "lb");
      programs.add(balancer);
      programs.forEach(
          program -> program.awaitOut(program == balancer ? "loble \\S+ runs" : "listening on"));
      Program client = start(directory, "client");
      programs.add(client);
      Admin admin = new Admin(translated("lb:9090"));
      await()
          .atMost(30, SECONDS)
          .until(() -> totals(admin).values().stream().allMatch(n -> n > 20));
      List<Integer> totals = new ArrayList<>(totals(admin).values());
      assertThat(Collections.max(totals) - Collections.min(totals)).isLessThanOrEqualTo(3);
      assertThat(admin.get("/api/v1/status").statusCode()).isEqualTo(401);
      assertThat(statusWith(token)).isEqualTo(200);
      for (Program ending : List.of(client, balancer)) {
        ending.terminate();
        assertThat(ending.exitCode()).as("%s", ending).isZero();
      }
    } finally {
      programs.forEach(Program::close);
    }
  }

  /** Ports that are free, for the addresses of the world. */
  private void place(String... addresses) {
    for (String address : addresses) {
      here.put(address, "127.0.0.1:" + Peers.freePort());
    }
  }

  /** What the service that makes up the token does, twice: the second time it stays. */
  private String token(Path directory) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-euc"));
    WORLD.service("token").command().forEach(text -> command.add(translated(text)));
    Program.run(directory, command);
    String token = Files.readString(directory.resolve("token"));
    Program.run(directory, command);
    assertThat(directory.resolve("token")).hasContent(token);
    assertThat(token).hasSizeGreaterThan(30).doesNotContainAnyWhitespaces();
    return token;
  }

  private Program start(Path directory, String name) {
    Compose.Service service = WORLD.service(name);
    Map<String, String> environment = new LinkedHashMap<>();
    service.env().forEach((variable, value) -> environment.put(variable, translated(value)));
    environment.computeIfPresent("SERVER_PORT", (variable, port) -> port(name + ":" + port));
    environment.computeIfPresent("LB_PORT", (variable, port) -> port(name + ":" + port));
    String[] command =
        service.command().stream()
            .map(this::translated)
            .map(text -> text.replace("0.0.0.0:9090", translated("lb:9090")))
            .toArray(String[]::new);
    return Loble.start(directory, environment, command);
  }

  private String port(String address) {
    return translated(address).replaceFirst(".*:", "");
  }

  private String translated(String text) {
    String result = text;
    for (Map.Entry<String, String> place : here.entrySet()) {
      result = result.replace(place.getKey(), place.getValue());
    }
    return result;
  }

  private int statusWith(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + translated("lb:9090") + "/api/v1/status"))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  private static Map<String, Integer> totals(Admin admin) {
    Map<String, Integer> totals = new LinkedHashMap<>();
    for (MatchResult found : TOTAL.matcher(admin.get("/metrics").body()).results().toList()) {
      totals.put(found.group(1), (int) Double.parseDouble(found.group(2)));
    }
    assertThat(totals).hasSize(3);
    return totals;
  }
}
