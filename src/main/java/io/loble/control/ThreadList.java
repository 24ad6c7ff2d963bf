package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/** Lists the threads of the process with what they do now, those that have used most first. */
final class ThreadList implements Command {

  /** Deeper than anything here; what recurses without end would fill the answer. */
  private static final int DEPTH = 100;

  private static final long NANOS = 1_000_000;

  private final Vertx vertx;

  ThreadList(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A thread, and the processor time that it has used. */
  private record Usage(ThreadInfo thread, long cpuMillis) {}

  @Override
  public String name() {
    return "thread.list";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly();
    return vertx.executeBlocking(ThreadList::threads, false);
  }

  private static JsonObject threads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    boolean timed = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
    boolean blocked = threads.isThreadContentionMonitoringEnabled();
    JsonArray list = new JsonArray();
    Arrays.stream(threads.dumpAllThreads(false, false, DEPTH))
        .filter(Objects::nonNull)
        .map(thread -> new Usage(thread, timed ? millis(threads, thread) : 0))
        .sorted(Comparator.comparingLong(Usage::cpuMillis).reversed())
        .forEach(usage -> list.add(json(usage, blocked)));
    return new JsonObject().put("threads", list);
  }

  /** A thread that has ended meanwhile has used -1. */
  private static long millis(ThreadMXBean threads, ThreadInfo thread) {
    return Math.max(0, threads.getThreadCpuTime(thread.getThreadId())) / NANOS;
  }

  private static JsonObject json(Usage usage, boolean blocked) {
    ThreadInfo thread = usage.thread();
    JsonArray stack = new JsonArray();
    for (StackTraceElement frame : thread.getStackTrace()) {
      stack.add(frame.toString());
    }
    JsonObject json =
        new JsonObject()
            .put("name", thread.getThreadName())
            .put("state", thread.getThreadState().name().toLowerCase(Locale.ROOT))
            .put("cpu_ms", usage.cpuMillis());
    if (blocked) {
      json.put("blocked_ms", thread.getBlockedTime());
    }
    return json.put("stack", stack);
  }
}
