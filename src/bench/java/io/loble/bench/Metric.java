package io.loble.bench;

/** What is measured, in the order of the table. */
enum Metric {
  REQUESTS("requests/s"),
  CONNECTIONS("new connections/s"),
  HANDSHAKES("handshakes/s"),
  RESUMED("of them resumed, %"),
  THROUGHPUT("GB/s"),
  RATE("answers/s"),
  P50("p50, µs"),
  P99("p99, µs"),
  P999("p99.9, µs"),
  MAX("longest, µs"),
  RESIDENT("resident memory, MiB"),
  RESIDENT_GROWTH("resident growth a connection, KiB"),
  LIVE_GROWTH("live memory a connection, KiB"),
  LIVE_HEAP_GROWTH("of that in the Java heap, KiB"),
  START("to the first accepted connection, ms"),
  READY("until it says that it is ready, ms"),
  CPU_MILLION_REQUESTS("CPU s per million requests"),
  CPU_CONNECTIONS("CPU s per 100,000 connections"),
  CPU_HANDSHAKES("CPU s per 100,000 handshakes"),
  CPU_GIGABYTE("CPU s per GB"),
  CPU_SECOND("CPU s per second"),
  CPU_START("CPU s until then");

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
