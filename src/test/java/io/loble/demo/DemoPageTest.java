package io.loble.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The page is whole on the smallest terminal there usually is. */
class DemoPageTest {

  private static final int WIDTH = 80;
  private static final int HEIGHT = 24;

  private Demo demo;
  private final Trend trend = new Trend();

  @BeforeEach
  void start() throws Exception {
    demo = Demo.start(new JsonObject().put("rate", 1));
  }

  @Test
  void aLineWithoutATerminalFitsOne() {
    trend.add(demo.glance());
    assertThat(PlainDemo.line(trend))
        .hasSizeLessThanOrEqualTo(WIDTH)
        .matches("active \\d+, accepted \\d+ \\(\\d+/s\\), wrong answers 0, by server: .*\\d.*");
  }

  @AfterEach
  void stop() {
    demo.stopClients().await();
    demo.vertx().close().await();
  }

  @Test
  void fromTheStart() {
    String page = page();
    assertThat(page.lines()).allMatch(line -> line.length() <= WIDTH).hasSizeLessThan(HEIGHT);
    assertThat(page)
        .contains("dashboard    http://" + demo.adminAddress() + "/\n")
        .contains("listener     " + demo.address() + "\n")
        .endsWith("q or Ctrl-C quit\n\n");
    demo.backends()
        .forEach(
            server ->
                assertThat(page)
                    .contains(
                        "%-12s %s, control http://127.0.0.1:%d/%n"
                            .formatted(server.id(), server.address(), server.controlPort())));
  }

  @Test
  void whenEverythingWasDoneToEveryServer() {
    for (int i = 0; i < demo.servers().size(); i++) {
      demo.choose(i);
      demo.slow();
      demo.slow();
      demo.chaos();
      demo.weight(255);
      demo.drainOrReady();
      demo.killOrStart();
    }
    String page = page();
    assertThat(page.lines()).allMatch(line -> line.length() <= WIDTH).hasSize(HEIGHT);
    assertThat(page)
        .containsPattern("\n> server-3  \\S+ +256  killed +20% ")
        .contains("q or Ctrl-C");
  }

  @Test
  void aLargerTerminalShowsMoreNews() {
    for (int i = 0; i < 30; i++) {
      demo.news().add("news " + i);
    }
    trend.add(demo.glance());
    assertThat(new DemoPage(demo, trend, Ansi.OFF, "#").text(WIDTH, 40).lines()).hasSize(40);
  }

  private String page() {
    trend.add(demo.glance());
    return new DemoPage(demo, trend, Ansi.OFF, "#").text(WIDTH, HEIGHT);
  }
}
