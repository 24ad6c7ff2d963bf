package io.loble.sim;

/** The settings of a simulated server that can be changed while it runs. */
enum Tunable {
  DELAY("/delay", "delay_ms", ServerSettings.MAX_MILLIS, "milliseconds"),
  CHAOS("/chaos", "chaos_pct", 100, "percent"),
  HANG("/hang", "hang_ms", ServerSettings.MAX_MILLIS, "milliseconds"),
  MAX_CONNECTIONS("/max-conns", "max_conns", ServerSettings.MAX_CONNECTIONS, "connections");

  private final String path;
  private final String key;
  private final int max;
  private final String unit;

  Tunable(String path, String key, int max, String unit) {
    this.path = path;
    this.key = key;
    this.max = max;
    this.unit = unit;
  }

  String path() {
    return path;
  }

  /** Its key in the settings. */
  String key() {
    return key;
  }

  int max() {
    return max;
  }

  /** What a right value is, for whoever sent a wrong one. */
  String wanted() {
    return "the body must be a whole number of " + unit + " from 0 to " + max;
  }

  ServerSettings applied(ServerSettings now, int value) {
    return new ServerSettings(
        now.host(),
        now.port(),
        now.id(),
        this == DELAY ? value : now.delayMillis(),
        this == MAX_CONNECTIONS ? value : now.maxConnections(),
        now.timeoutSeconds(),
        this == CHAOS ? value : now.chaosPercent(),
        this == HANG ? value : now.hangMillis(),
        now.controlPort());
  }
}
