package io.loble.admin;

import io.loble.control.RunningBalancer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Answers a scrape with the meters of the process and those of one balancer, in the Prometheus text
 * format or what else of Prometheus's formats the request prefers.
 */
final class MetricsPage implements Handler<RoutingContext> {

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry process = ProcessMetrics.registry().getPrometheusRegistry();
  private final Vertx vertx;
  private final LobleCollector collector;

  MetricsPage(Vertx vertx, RunningBalancer balancer) {
    this.vertx = vertx;
    this.collector = new LobleCollector(balancer);
  }

  @Override
  public void handle(RoutingContext ctx) {
    String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
    ExpositionFormatWriter writer = formats.findWriter(accept == null ? "" : accept);
    // On a worker: this event loop may also relay clients' bytes, and a scrape takes milliseconds.
    vertx
        .executeBlocking(() -> page(writer), false)
        .onSuccess(page -> send(ctx, writer.getContentType(), page))
        .onFailure(ctx::fail);
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

  private static void send(RoutingContext ctx, String contentType, Buffer page) {
    ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(page);
  }
}
