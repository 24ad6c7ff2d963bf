/**
 * The faces of control: HTTP with its JSON, health endpoints and metrics, and the event-bus address
 * for commands.
 *
 * <p>Routes requests, renders what {@code control} and the stats say, and decides nothing itself.
 */
package io.loble.admin;
