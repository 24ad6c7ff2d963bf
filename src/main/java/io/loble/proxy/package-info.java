/**
 * The data plane: accepts a connection, picks a backend from the current snapshot, relays bytes
 * both ways and reports how it went.
 *
 * <p>A session is one connection and holds its whole state; it lives on the event loop that
 * accepted it, and so does its backend's socket. What touches Netty's channels directly is here and
 * nowhere else.
 */
package io.loble.proxy;
