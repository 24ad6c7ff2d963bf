/** Streams that are Netty's channels, by Vert.x's {@code NetServer} and {@code NetClient}. */
package io.loble.net.channel;
