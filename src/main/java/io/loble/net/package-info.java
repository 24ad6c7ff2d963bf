/**
 * Sockets and relaying, without any knowledge of listeners, pools or balancing: a transport accepts
 * and connects, a stream is one side of a connection and relays to another of any kind.
 */
package io.loble.net;
