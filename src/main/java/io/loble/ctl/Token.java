package io.loble.ctl;

/**
 * What lets a request in.
 *
 * @param file that it was read from
 */
record Token(String file, String secret) {}
