/**
 * The benchmarks: Loble beside HAProxy and nginx under the same load, algorithms side by side where
 * backends are in trouble, and JMH for single methods. docs/benchmarks.md and docs/choosing.md say
 * how to run them.
 */
package io.loble.bench;
