/**
 * The data plane: accepts a connection, picks a backend from the current snapshot, relays bytes
 * both ways and reports how it went.
 *
 * <p>A session is one connection and holds its whole state; it lives on one event loop, and so do
 * both of its sockets. What touches the balancer's Netty channels and sockets directly is here and
 * nowhere else.
 */
package io.loble.proxy;
