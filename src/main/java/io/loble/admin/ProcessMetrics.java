package io.loble.admin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;

/**
 * The meters of what a process has one of: its JVM, its descriptors, its buffers. There is one
 * registry a process, whatever the number of Vert.x instances; a program that embeds the balancer
 * needs to do nothing for it.
 */
public final class ProcessMetrics {

  private static final PrometheusMeterRegistry REGISTRY =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private ProcessMetrics() {}

  /**
   * The registry of this process, with all that is in it: {@code /metrics} shows that. Its meters
   * of the JVM are made when it is first asked for, which is after listeners were opened.
   */
  public static PrometheusMeterRegistry registry() {
    return Complete.REGISTRY;
  }

  /**
   * For a Vert.x instance whose own meters are to be in {@link #registry()} too. Loads Micrometer.
   */
  public static VertxMetricsFactory vertxFactory() {
    return new MicrometerMetricsFactory(REGISTRY);
  }

  /**
   * What such a Vert.x instance may measure: the event bus, HTTP servers and worker pools. Sockets
   * are left out, because their meters would cost the data plane something for each read and write.
   */
  public static MicrometerMetricsOptions vertxOptions() {
    MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
    options.addDisabledMetricsCategory(MetricsDomain.NET_SERVER);
    options.addDisabledMetricsCategory(MetricsDomain.NET_CLIENT);
    options.addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT);
    options.addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET);
    return options;
  }

  /** Loaded by the JVM once, when it is first used. */
  private static final class Complete {

    private static final PrometheusMeterRegistry REGISTRY = complete(ProcessMetrics.REGISTRY);
  }

  private static PrometheusMeterRegistry complete(PrometheusMeterRegistry registry) {
    binders().forEach(binder -> binder.bindTo(registry));
    bindBuffers(registry);
    return registry;
  }

  private static List<MeterBinder> binders() {
    return List.of(
        new JvmInfoMetrics(),
        new JvmMemoryMetrics(),
        new JvmGcMetrics(),
        new JvmThreadMetrics(),
        new ClassLoaderMetrics(),
        new ProcessorMetrics(),
        new UptimeMetrics(),
        new FileDescriptorMetrics());
  }

  /** Netty's default allocator, which the sockets of a Vert.x instance read into. */
  private static void bindBuffers(MeterRegistry registry) {
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
      new NettyAllocatorMetrics(allocator).bindTo(registry);
    }
  }
}
