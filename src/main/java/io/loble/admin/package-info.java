/**
 * The HTTP face of control: metrics, health endpoints and JSON.
 *
 * <p>Routes requests, renders what {@code control} and the stats say, and decides nothing itself.
 */
package io.loble.admin;
