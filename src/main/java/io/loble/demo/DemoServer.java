package io.loble.demo;

import io.loble.testbed.SimulatedBackend;
import java.util.List;

/** A server of the demo, with what was done to it. */
final class DemoServer {

  private final SimulatedBackend handle;
  private final int usualDelay;
  private int steps;
  private int chaos;

  DemoServer(SimulatedBackend handle) {
    this.handle = handle;
    this.usualDelay = handle.stats().getJsonObject("settings").getInteger("delay_ms");
  }

  String id() {
    return handle.id();
  }

  SimulatedBackend handle() {
    return handle;
  }

  /** The delay of its answers now, in milliseconds. */
  int delay() {
    return handle.stats().getJsonObject("settings").getInteger("delay_ms");
  }

  int chaos() {
    return chaos;
  }

  /** Adds the next of those milliseconds to its usual delay. */
  void slower(List<Integer> by) {
    handle.delay(usualDelay + by.get(steps % by.size()));
    steps++;
  }

  /** Drops that many of 100 connections, or none if it did. */
  void chaos(int percent) {
    chaos = chaos == 0 ? percent : 0;
    handle.chaos(chaos);
  }
}
