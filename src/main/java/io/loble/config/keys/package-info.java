/**
 * The keys of the configuration, one class for each table, and the rules that only the whole shows.
 *
 * <p>What is wrong is reported all at once, each error with its place.
 */
package io.loble.config.keys;
