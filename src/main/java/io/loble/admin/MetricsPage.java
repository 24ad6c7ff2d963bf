package io.loble.admin;

import io.loble.control.RunningBalancer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers a scrape with the meters of the process and those of one balancer, in the Prometheus text
 * format or what else of Prometheus's formats the request prefers.
 */
final class MetricsPage implements Handler<RoutingContext> {

  /** While a page that young is being sent, further requests get the same one. */
  private static final long FRESH_NANOS = 1_000_000_000;

  /** So many pages may be in memory, however many clients there are that do not read. */
  private static final int MOST_PAGES = 4;

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry process = ProcessMetrics.registry().getPrometheusRegistry();
  private final Vertx vertx;
  private final LobleCollector collector;
  private final Map<String, Page> pages = new HashMap<>();
  private int underWay;

  MetricsPage(Vertx vertx, RunningBalancer balancer) {
    this.vertx = vertx;
    this.collector = new LobleCollector(balancer);
  }

  @Override
  public void handle(RoutingContext ctx) {
    String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
    ExpositionFormatWriter writer = formats.findWriter(accept == null ? "" : accept);
    String type = writer.getContentType();
    Page page = page(type, writer);
    page.usedBy(ctx);
    page.content.onSuccess(content -> Answers.sendShared(ctx, type, content)).onFailure(ctx::fail);
  }

  /**
   * One that is still being sent, as long as it is fresh or too many are being sent; else a new
   * one.
   */
  private Page page(String type, ExpositionFormatWriter writer) {
    Page last = pages.get(type);
    if (last != null && last.users > 0 && (last.isFresh() || underWay >= MOST_PAGES)) {
      return last;
    }
    // On a worker: this event loop may also relay clients' bytes, and a scrape takes milliseconds.
    Page page = new Page(vertx.executeBlocking(() -> page(writer), false));
    pages.put(type, page);
    return page;
  }

  /** A page, and how many clients it is being sent to. */
  private final class Page {

    private final Future<Buffer> content;
    private final long startNanos = System.nanoTime();
    private int users;

    Page(Future<Buffer> content) {
      this.content = content;
    }

    boolean isFresh() {
      return System.nanoTime() - startNanos < FRESH_NANOS;
    }

    void usedBy(RoutingContext ctx) {
      if (users++ == 0) {
        underWay++;
      }
      ctx.addEndHandler(
          ended -> {
            if (--users == 0) {
              underWay--;
              pages.values().remove(this);
            }
          });
    }
  }

  private Buffer page(ExpositionFormatWriter writer) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 * 1024);
    writer.write(page, families());
    return Buffer.buffer(page.toByteArray());
  }

  private MetricSnapshots families() {
    MetricSnapshots.Builder families = MetricSnapshots.builder();
    process.scrape().forEach(families::metricSnapshot);
    collector.collect().forEach(families::metricSnapshot);
    return families.build();
  }
}
