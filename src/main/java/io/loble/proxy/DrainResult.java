package io.loble.proxy;

/**
 * How a drain went.
 *
 * @param drained connections that ended by themselves
 * @param cut connections that were closed when the time was up
 */
public record DrainResult(int drained, int cut) {}
