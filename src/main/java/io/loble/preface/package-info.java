/**
 * What a connection says before it is relayed, read and written: the PROXY protocol's header, a TLS
 * ClientHello, PostgreSQL's request for TLS.
 *
 * <p>Pure functions of the bytes that have come; no I/O, no clock. How long to wait for more, and
 * who may name a client, is decided elsewhere.
 */
package io.loble.preface;
