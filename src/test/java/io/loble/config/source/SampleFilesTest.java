package io.loble.config.source;

import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ActiveCheck;
import io.loble.config.ActiveCheck.CheckType;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.LoadedConfig;
import io.loble.tls.OpensslProgram;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under conf/ can be used as it is. */
class SampleFilesTest {

  private static final Path CONF = Path.of("conf");
  private static final Path TLS = CONF.resolve("tls.toml");

  @ParameterizedTest
  @MethodSource("tomlFiles")
  void a_toml_file_loads(Path file) throws ConfigException {
    assertThat(load(new JsonObject().put("config", file.toString())).listeners()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("balancerFiles")
  void a_conf_file_loads_with_what_it_names(Path file) throws ConfigException, IOException {
    assertThat(load(new JsonObject(Files.readString(file))).listeners()).isNotEmpty();
  }

  @Test
  void lb_json_spells_out_the_defaults() throws ConfigException, IOException {
    JsonObject conf = new JsonObject(Files.readString(CONF.resolve("lb.json")));
    assertThat(ConfigLoader.launchOptions(conf, Map.of()))
        .isEqualTo(ConfigLoader.launchOptions(new JsonObject(), Map.of()));
  }

  @Test
  void the_several_services_have_checks_of_their_own() throws ConfigException {
    LobleConfig config = load(new JsonObject().put("config", "conf/multi.toml"));
    assertThat(pool(config, "postgres").health().active().type()).isEqualTo(CheckType.TCP);
    assertThat(pool(config, "redis").health().active().expect())
        .isEqualTo(new ActiveCheck.ExpectCheck("PING\r\n", "+PONG"));
    assertThat(pool(config, "web").health().active().http())
        .isEqualTo(new ActiveCheck.HttpCheck("/healthz", "www.example.com", 200, 299));
  }

  @Test
  void the_sample_of_tls_loads_with_the_files_that_it_says_how_to_make(@TempDir Path directory)
      throws Exception {
    String sample = Files.readString(TLS);
    Matcher command = Pattern.compile("openssl (req(?s:.*?[^\\\\]))\n").matcher(sample);
    assertThat(command.find()).isTrue();
    OpensslProgram.run(directory, command.group(1).replace("\\\n#", "").trim().split("\\s+", -1));

    String absolute = sample.replace("\"tls.", '"' + directory.toString() + "/tls.");
    LoadedConfig loaded = Loading.loadAll(absolute);
    assertThat(loaded.config().listeners().get(0).tls().isOn()).isTrue();
    assertThat(loaded.allWarnings()).isEmpty();
  }

  @Test
  void the_sample_of_discovery_loads_with_the_pools_that_it_only_shows() throws Exception {
    String sample = Files.readString(CONF.resolve("discovery.toml"));
    LoadedConfig loaded = Loading.loadAll(sample.replaceAll("(?m)^# (\\[|[a-z]+ = )", "$1"));
    assertThat(loaded.config().pools().values())
        .allMatch(pool -> pool.discovery().isOn())
        .extracting(PoolConfig::name)
        .containsExactly("app", "web", "orders", "shop");
    assertThat(loaded.allWarnings())
        .containsExactly(
            "pools.orders: no listener uses this pool", "pools.shop: no listener uses this pool");
  }

  static List<Path> tomlFiles() {
    return files("", ".toml").stream().filter(file -> !file.equals(TLS)).toList();
  }

  static List<Path> balancerFiles() {
    return files("lb", ".json");
  }

  private static LobleConfig load(JsonObject conf) throws ConfigException {
    return ConfigLoader.load(ConfigLoader.launchOptions(conf, Map.of()), Map.of());
  }

  private static List<Path> files(String start, String end) {
    try (Stream<Path> all = Files.list(CONF)) {
      return all.filter(f -> f.getFileName().toString().startsWith(start))
          .filter(f -> f.getFileName().toString().endsWith(end))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
