/**
 * Sockets, and what goes wrong with them, without any knowledge of listeners, pools or balancing.
 */
package io.loble.net;
