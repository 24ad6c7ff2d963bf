package io.loble.config;

/**
 * Bounds of the whole process.
 *
 * @param maxConnections client connections at once; 0 for what the limit of file descriptors allows
 */
public record Limits(int maxConnections) {}
