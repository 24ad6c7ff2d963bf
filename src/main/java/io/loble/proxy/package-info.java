/**
 * The data plane: accepts a connection, picks a backend from the current snapshot, relays bytes
 * both ways and reports how it went.
 *
 * <p>A session is one connection; it lives on one event loop, and so do both of its streams, which
 * come from {@code io.loble.net}. From the bottom up: {@code LoopEnvironment} is what everything on
 * an event loop shares; {@code SessionRegistry} has its open sessions; {@code Sniffing}, {@code
 * Handshaking}, {@code Picking}, {@code Pausing}, {@code Waiting}, {@code Connecting}, {@code
 * Relaying} and {@code Lingering} are the steps of a session, which {@code Session} puts together;
 * {@code Accepting} begins sessions, {@code Listeners} opens and closes sockets, and {@code Proxy}
 * is all of it. None of these knows one that comes after it.
 */
package io.loble.proxy;
