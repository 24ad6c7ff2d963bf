package io.loble.sim.server;

import java.util.Arrays;
import java.util.List;

/** The settings of a simulated server that can be changed while it runs. */
enum Tunable {
  DELAY("/delay", "delay_ms"),
  LATENCY("/latency", "latency"),
  HANG("/hang", "hang_ms"),
  MAX_CONNECTIONS("/max-conns", "max_conns"),
  TIMEOUT("/timeout", "timeout_secs"),
  CHAOS("/chaos", "chaos_pct"),
  STOP("/stop-ms", "stop_ms"),
  RESET_AFTER("/reset-after", "reset_after"),
  BANDWIDTH("/bandwidth", "bandwidth"),
  CORRUPT("/corrupt", "corrupt_pct"),
  STOP_READING("/stop-reading", "stop_reading"),
  FREEZE_ACCEPT("/freeze-accept", "freeze_accept"),
  HALF_OPEN("/half-open", "half_open");

  static final List<String> KEYS = Arrays.stream(values()).map(Tunable::key).toList();

  private final String path;
  private final String key;

  Tunable(String path, String key) {
    this.path = path;
    this.key = key;
  }

  /** Where HTTP control takes its value. */
  String path() {
    return path;
  }

  /** Its key in the settings. */
  String key() {
    return key;
  }
}
