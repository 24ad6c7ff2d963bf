/** Linux's own sockets in an event loop's epoll instance, without a channel around them. */
package io.loble.net.epoll;
