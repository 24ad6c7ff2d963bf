package io.loble.model;

/**
 * A place for a connection on a backend, which is to be given back once.
 *
 * @param trial whether the backend is out of rotation and the connection is to show how it does
 */
public record Place(Backend backend, boolean trial) {}
