/**
 * HTTP listeners: requests, not connections, are balanced.
 *
 * <p>Vert.x's HTTP server reads what clients send. In front of it stands {@code
 * StrictRequestDecoder}, which lets nothing through that two parsers could read differently; {@code
 * Http2Heads} is the same for the heads of HTTP/2, and {@code InvalidRequests} says why.
 *
 * <p>{@code RequestLoop} is one event loop's part; a {@code Client} of it has {@code Exchange}s,
 * one for each request. An exchange finds its {@code Destination}, is brought there by a {@code
 * StreamSearch}, which takes what {@code BackendConnections} keeps or makes another, and its bytes
 * go both ways through a {@code Relay}, held back by {@code BackPressure}, and after a 101 through
 * a {@code Tunnel}. {@code RequestHead} and {@code AnswerHead} say which headers go on, {@code
 * Compression} which answers are compressed, {@code OwnAnswer} answers where no backend does, and
 * {@code RequestRecord} counts.
 */
package io.loble.http;
