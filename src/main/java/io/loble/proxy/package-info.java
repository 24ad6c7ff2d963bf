/**
 * The data plane: accepts a connection, picks a backend from the current snapshot, relays bytes
 * both ways and reports how it went.
 *
 * <p>A session is one connection and holds its whole state; it lives on one event loop, and so do
 * both of its streams, which come from {@code io.loble.net}.
 */
package io.loble.proxy;
