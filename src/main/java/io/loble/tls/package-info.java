/**
 * TLS: the engine, certificates and keys from PEM files, the choice of a certificate by the name
 * that a client asks for, contexts towards clients and backends, what a handshake agreed on, and
 * why one failed.
 *
 * <p>Knows nothing of sockets, listeners, pools or the keys of a configuration: files come as
 * {@link io.loble.tls.PemFile}s that were read already, and what goes out is a handler for a
 * pipeline of Netty's. Nothing here blocks apart from the handshakes' own arithmetic. What is built
 * from files is immutable and may be used from any thread.
 */
package io.loble.tls;
