/**
 * The benchmarks: Loble beside HAProxy and nginx under the same load, and JMH for single methods.
 * docs/benchmarks.md says how to run them.
 */
package io.loble.bench;
