/**
 * Streams that are Netty's channels, which have a pipeline and so can be encrypted. They are made
 * of sockets that others have accepted or connected, or come from Vert.x's {@code NetServer} and
 * {@code NetClient}.
 */
package io.loble.net.channel;
