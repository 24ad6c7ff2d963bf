/**
 * The values that every other package speaks in: snapshots, pools, backends and their counters.
 *
 * <p>Everything here is immutable except the {@code *Stats} classes and their parts, which hold
 * atomics only and are shared by all cores. Nothing here does I/O, knows a configuration file or
 * imports more of Vert.x than its {@code Shareable} marker.
 */
package io.loble.model;
