package io.loble.scenario;

import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.control.ProcessStatus;
import io.loble.tls.CertificateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard shows of TLS. */
class DashboardTlsIT {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [[listeners]]
      name = "edge"
      address = "127.0.0.1:0"
      [listeners.tls]
      certificates = [{ cert = "%s", key = "%s" }]
      [[listeners]]
      name = "plain"
      address = "127.0.0.1:0"
      [pools.default]
      [pools.default.tls]
      verify = "none"
      [pools.other]
      """;

  @Test
  void padlocksFindingsAndTheCertificateOfAClient(@TempDir Path directory) throws IOException {
    CertificateFiles soon =
        new CertificateDirectory(directory)
            .write("soon", leaf(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(10)), "a.example"));
    Path file =
        Files.writeString(directory.resolve("loble.toml"), FILE.formatted(soon.cert(), soon.key()));
    try (Browser browser = Browser.start(directory.resolve("profile"));
        InProcess balancer = InProcess.start(file, "1h")) {
      browser.open(ProcessStatus.of(balancer.vertx()).adminAddress());

      browser.awaitText("[data-listener=edge] [data-test=lock]", "9 d");
      assertThat(
              browser.find("[data-listener=edge] [data-test=lock]").getDomAttribute("data-level"))
          .isEqualTo("warn");
      assertThat(browser.find("[data-listener=plain] [data-test=lock]").isDisplayed()).isFalse();
      browser.awaitText("[data-pool-card=default] [data-test=lock]", "unverified");
      assertThat(browser.find("[data-pool-card=other] [data-test=lock]").isDisplayed()).isFalse();
      browser.awaitText("#findings", "TLS of listener edge: " + soon.cert());
      browser.awaitText("#findings", "TLS of pool default: verify is none");

      browser.find("#explain-client").sendKeys("192.0.2.7");
      browser.find("#explain-sni").sendKeys("a.example\n");
      browser.awaitText("#explanation", "since it has the name a.example");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
