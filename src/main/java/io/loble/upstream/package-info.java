/**
 * Turns what is configured and what is known of the backends into snapshots: membership, health,
 * shares, snapshot, in this order, each in classes of its own. What backends of one pool have to do
 * with each other is here too: their shares, and which of them stand out.
 *
 * <p>{@link io.loble.upstream.HealthMonitor} connects them, on one context; nothing else in the
 * process changes a backend's state. Here is also what other parts are told: the orders to close
 * what is left of a backend's connections or to eject it, and the events; and what encrypts
 * connections to backends, as the files say that a configuration names.
 */
package io.loble.upstream;
