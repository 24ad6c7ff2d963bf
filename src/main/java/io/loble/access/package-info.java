/**
 * What a listener asks before it picks a backend: whether a client's network is let in, whether
 * clients come too often or are too many, and whether the process has more to do than it can.
 *
 * <p>Everything here is pure: it does no I/O and reads no clock; times are parameters, in the
 * nanoseconds of {@link System#nanoTime}. It knows the values of {@code model}, and neither sockets
 * nor Vert.x.
 */
package io.loble.access;
