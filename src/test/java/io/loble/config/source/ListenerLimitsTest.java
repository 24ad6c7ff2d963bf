package io.loble.config.source;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.ListenerLimits;
import io.loble.config.LobleConfig;
import io.loble.config.PerClient;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.ConfigStep;
import io.loble.config.keys.ConfigJson;
import io.loble.model.Network;
import io.loble.model.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may connect to a listener, as a file says it. */
class ListenerLimitsTest {

  private static final String ALL =
      """
      allow = ["10.0.0.0/8", "2001:db8::1"]
      deny = ["::ffff:10.1.0.0/112"]
      max_connections = 1000
      rate = "200/s"
      burst = 400
      [listener.per_client]
      max_connections = 5
      rate = "50/10s"
      burst = 7
      prefix4 = 24
      prefix6 = 56
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void everyKeyHasItsEffect() throws ConfigException {
    assertThat(limits(ALL))
        .isEqualTo(
            new ListenerLimits(
                List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::1")),
                List.of(Network.parse("10.1.0.0/16")),
                "",
                "",
                1000,
                Rate.parse("200/s"),
                400,
                new PerClient(5, Rate.parse("50/10s"), 7, 24, 56)));
  }

  @Test
  void withoutAKeyEveryoneMayConnect() throws ConfigException {
    assertThat(limits("")).isEqualTo(ListenerLimits.NONE);
    assertThat(load(listener("")).limits().overloadLag()).isZero();
    assertThat(load(listener("")).limits().overloadHeap()).isZero();
  }

  @Test
  void aBurstIsWhatARateBringsInASecond() throws ConfigException {
    assertThat(limits("rate = '200/s'").effectiveBurst()).isEqualTo(200);
    assertThat(limits("rate = '200/s'\nburst = 3").effectiveBurst()).isEqualTo(3);
    assertThat(limits("per_client.rate = '6/m'").perClient().effectiveBurst()).isEqualTo(1);
  }

  @Test
  void overloadIsALagAndAShareOfTheHeap() throws ConfigException {
    LobleConfig config =
        load(listener("") + "[limits]\noverload_lag = '200ms'\noverload_heap = 0.9\n");
    assertThat(config.limits().overloadLag()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.limits().overloadHeap()).isEqualTo(0.9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "allow = '10.0.0.0/8' | allow: expected an array of networks, such as [\"10.0.0.0/8\"], found the string \"10.0.0.0/8\"",
        "allow = ['10.0.0.1/8'] | allow[0]: 10.0.0.1/8: has bits behind its prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the address",
        "deny = ['10.0.0.1', 'localhost'] | deny[1]: localhost: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address",
        "deny = [1] | deny[0]: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP address, found 1",
        "rate = '0/s' | rate: 0/s: is 0; leave it empty for no bound",
        "rate = '10' | rate: 10: expected a number per time such as 200/s, 50/10s or 600/m",
        "rate = 10 | rate: expected a number per time such as 200/s, 50/10s or 600/m, found 10",
        "burst = -1 | burst: expected an integer of at least 0, found -1",
        "max_connections = -1 | max_connections: expected an integer of at least 0, found -1",
        "per_client.prefix4 = 33 | per_client.prefix4: expected an integer from 0 to 32, found 33",
        "per_client.prefix6 = 129 | per_client.prefix6: expected an integer from 0 to 128, found 129",
        "per_client.rat = '1/s' | per_client.rat: unknown key; did you mean 'rate'?",
      })
  void whatIsWrongIsSaid(String line, String error) {
    assertThat(errors(listener(line)))
        .singleElement()
        .asString()
        .matches("loble.toml:3:\\d+: listener\\..*")
        .endsWith("listener." + error);
  }

  @Test
  void aNetworkIsNotBothAllowedAndDenied() {
    assertThat(
            errors(
                listener("allow = ['10.0.0.0/8']\ndeny = ['10.1.0.0/16', '::ffff:10.0.0.0/104']")))
        .containsExactly(
            "loble.toml:4:1: listener.deny: 10.0.0.0/8 is in allow too; keep one of them");
  }

  @Test
  void filesAreOpenedWhenTheConfigurationIsLoaded() throws IOException {
    Path none = directory.resolve("none");
    Path broken = Files.writeString(directory.resolve("broken"), "10.0.0.0/8\nx\n");
    Path good = Files.writeString(directory.resolve("good"), "10.0.0.0/8\n192.0.2.0/24\n");

    assertThat(errors(listener("deny_file = '" + none + "'")))
        .containsExactly("loble.toml:3:1: listener.deny_file: " + none + ": no such file");
    assertThat(errors(listener("allow_file = '" + broken + "'")))
        .containsExactly(
            "loble.toml:3:1: listener.allow_file: "
                + broken
                + ":2: x: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or an IP"
                + " address");
    assertThat(errors(listener("allow = ['192.0.2.0/24']\ndeny_file = '" + good + "'")))
        .containsExactly(
            "loble.toml:4:1: listener.deny_file: 192.0.2.0/24 is allowed and denied; keep it in one"
                + " of the lists");
    assertThat(errors(listener("allow = ['10.1.0.0/16']\ndeny_file = '" + good + "'"))).isEmpty();
  }

  @Test
  void listsAndFilesCountTogether() throws IOException, ConfigException {
    Path file = Files.writeString(directory.resolve("deny"), "192.0.2.0/24\n10.0.0.0/8\n");
    ListenerLimits limits = limits("deny = ['10.0.0.0/8']\ndeny_file = '" + file + "'");
    assertThat(NetworkFiles.read(limits).networks().deny())
        .containsExactly(Network.parse("10.0.0.0/8"), Network.parse("192.0.2.0/24"));

    Files.delete(file);
    assertThatThrownBy(() -> NetworkFiles.read(limits))
        .isInstanceOf(IOException.class)
        .hasMessage("deny_file: " + file + ": no such file");
  }

  @Test
  void aDifferenceNamesTheKey() throws ConfigException {
    ConfigDiff diff = ConfigDiff.between(load(listener("")), load(listener(ALL)));
    assertThat(diff.steps().stream().map(ConfigStep::text))
        .contains(
            "~ listener default: rate  -> 200/s",
            "~ listener default: allow [] -> [\"10.0.0.0/8\",\"2001:db8::1/128\"]",
            "~ listener default: per_client.prefix4 32 -> 24");
  }

  @Test
  void jsonAndTomlHaveAllOfIt() throws ConfigException {
    LobleConfig config = load(listener(ALL));
    assertThat(ConfigJson.read(ConfigJson.write(config))).isEqualTo(config);
    assertThat(load(EffectiveConfig.toToml(config)).listeners()).isEqualTo(config.listeners());
  }

  private static ListenerLimits limits(String keys) throws ConfigException {
    return load(listener(keys)).listeners().get(0).limits();
  }

  private static String listener(String keys) {
    return "[listener]\naddress = '0.0.0.0:9000'\n"
        + keys
        + "\n[[backends]]\naddress = '10.0.0.1:8080'\n";
  }
}
