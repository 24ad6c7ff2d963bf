package io.loble.ctl.client;

/**
 * What lets a request in.
 *
 * @param file that it was read from
 */
record Token(String file, String secret) {}
