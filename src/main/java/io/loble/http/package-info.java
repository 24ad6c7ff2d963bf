/**
 * HTTP listeners: requests, not connections, are balanced.
 *
 * <p>Vert.x's HTTP server reads what clients send. In front of it stands {@code
 * StrictRequestDecoder}, which lets nothing through that two parsers could read differently; {@code
 * Http2Heads} is the same for the heads of HTTP/2, and {@code InvalidRequests} says why.
 */
package io.loble.http;
